//! Very many of something in one file.

use std::fmt::Write as _;

use crate::program::Case;

/// Makes the text with a number.
type Numbered = fn(usize) -> String;

const TASK: &str = r#"jsonencode([{ name = "a", image = "b", memory = 128 }])"#;

/// A text with one line for each number.
fn lines(many: usize, line: impl Fn(usize) -> String) -> String {
    (0..many).fold(String::new(), |mut text, at| {
        writeln!(text, "{}", line(at)).unwrap();
        text
    })
}

fn joined(many: usize, item: impl Fn(usize) -> String) -> String {
    (0..many).map(item).collect::<Vec<_>>().join(",")
}

fn task(expression: &str) -> String {
    format!(
        "resource \"aws_ecs_task_definition\" \"a\" {{\n  family = \"a\"\n  container_definitions = {expression}\n}}\n"
    )
}

fn container(members: &str) -> String {
    format!(
        "{{\"family\":\"a\",\"containerDefinitions\":[{{\"name\":\"a\",\"image\":\"b\",\"memory\":128,{members}}}]}}"
    )
}

pub(crate) fn cases() -> Vec<Case> {
    [json(), terraform(), functions(), settings(), bytes()].into_iter().flatten().collect()
}

/// Members of a container, or of a request, that occur very often: a name, and one item.
const MEMBERS: [(&str, Numbered); 26] = [
    ("environment", |at| format!("{{\"name\":\"V{at}\",\"value\":\"{at}\"}}")),
    ("secrets", |at| {
        format!("{{\"name\":\"V{at}\",\"valueFrom\":\"arn:aws:ssm:eu-west-1:123456789012:parameter/{at}\"}}")
    }),
    ("portMappings", |at| format!("{{\"containerPort\":{},\"hostPort\":{}}}", at % 65_536, at % 60_000)),
    ("mountPoints", |at| format!("{{\"sourceVolume\":\"v{at}\",\"containerPath\":\"/{at}\"}}")),
    ("volumesFrom", |at| format!("{{\"sourceContainer\":\"c{at}\"}}")),
    ("dependsOn", |at| format!("{{\"containerName\":\"c{at}\",\"condition\":\"START\"}}")),
    ("links", |at| format!("\"c{at}:d{at}\"")),
    ("command", |at| format!("\"{at}\"")),
    ("entryPoint", |at| format!("\"{at}\"")),
    ("ulimits", |at| format!("{{\"name\":\"nofile\",\"softLimit\":{at},\"hardLimit\":{at}}}")),
    ("extraHosts", |at| format!("{{\"hostname\":\"h{at}\",\"ipAddress\":\"10.0.0.1\"}}")),
    ("dnsServers", |at| format!("\"10.0.{}.{}\"", at / 256 % 256, at % 256)),
    ("systemControls", |at| format!("{{\"namespace\":\"net.core.somaxconn\",\"value\":\"{at}\"}}")),
    ("environmentFiles", |at| format!("{{\"type\":\"s3\",\"value\":\"arn:aws:s3:::b/{at}.env\"}}")),
    ("resourceRequirements", |at| format!("{{\"type\":\"GPU\",\"value\":\"{at}\"}}")),
    ("dockerSecurityOptions", |at| format!("\"label:user:{at}\"")),
    ("credentialSpecs", |at| format!("\"credentialspec:arn:aws:s3:::b/{at}\"")),
    ("dnsSearchDomains", |at| format!("\"d{at}.example.com\"")),
    ("dockerLabels", |at| format!("{at}")),
    ("tags", |at| format!("{{\"key\":\"k{at}\",\"value\":\"v\"}}")),
    ("volumes", |at| format!("{{\"name\":\"v{at}\"}}")),
    ("placementConstraints", |at| {
        format!("{{\"type\":\"memberOf\",\"expression\":\"attribute:a == {at}\"}}")
    }),
    ("requiresCompatibilities", |_| "\"FARGATE\"".to_owned()),
    ("inferenceAccelerators", |at| format!("{{\"deviceName\":\"d{at}\",\"deviceType\":\"eia1.medium\"}}")),
    ("loadBalancers", |at| {
        format!("{{\"targetGroupArn\":\"arn:aws:{at}\",\"containerName\":\"a\",\"containerPort\":80}}")
    }),
    ("capacityProviderStrategy", |at| format!("{{\"capacityProvider\":\"p{at}\",\"weight\":1}}")),
];

fn json() -> Vec<Case> {
    let of_member = |many: usize| {
        MEMBERS.into_iter().map(move |(name, item)| {
            let text = move || {
                let list = format!("\"{name}\":[{}]", joined(many, item));
                format!("{{\"family\":\"a\",\"taskDefinition\":\"a\",{list},\"containerDefinitions\":[{{\"name\":\"a\",\"image\":\"b\",{list}}}]}}")
            };
            Case::file(format!("width: {many} {name}"), "task.json", text)
        })
    };
    let members = of_member(2_000).chain(of_member(100_000));
    let others = [
        Case::file("width: unknown keys", "task.json", || {
            container(&joined(9_000, |at| format!("\"key{at}\":1")))
        }),
        Case::file("width: more unknown keys", "task.json", || {
            container(&joined(100_000, |at| format!("\"key{at}\":1")))
        }),
        Case::file("width: misspelled keys", "task.json", || {
            container(&joined(1_900, |at| format!("\"Essentia{at}\":1")))
        }),
        Case::file("width: one key", "task.json", || container(&joined(1_000_000, |_| "\"a\":1".to_owned()))),
        Case::file("width: two keys", "task.json", || {
            container(&joined(500_000, |at| format!("\"a{}\":{at}", at % 2)))
        }),
        Case::file("width: quotes", "task.json", || {
            format!("{{\"family\":\"a\",\"containerDefinitions\":[{}", "\"".repeat(20_000_000))
        }),
        Case::file("width: commas", "task.json", || {
            format!("{{\"family\":\"a\",\"containerDefinitions\":[{}", ",".repeat(20_000_000))
        }),
        Case::file("width: colons", "task.json", || {
            format!("{{\"family\":\"a\",\"containerDefinitions\":[{}", ":".repeat(20_000_000))
        }),
        Case::file("width: backslashes", "task.json", || {
            format!("{{\"family\":\"a\",\"containerDefinitions\":[\"{}", "\\".repeat(20_000_000))
        }),
        Case::file("width: escapes", "task.json", || {
            format!("{{\"family\":\"{}\",\"containerDefinitions\":[]}}", "\\u0041".repeat(5_000_000))
        }),
        Case::file("width: placeholders", "task.json", || {
            format!("{{\"family\":\"{}\",\"containerDefinitions\":[]}}", "${A}".repeat(250_000))
        }),
        Case::file("width: more placeholders", "task.json", || {
            format!("{{\"family\":\"{}\",\"containerDefinitions\":[]}}", "${A}".repeat(10_000_000))
        }),
        Case::file("width: containers", "task.json", || {
            format!(
                "{{\"family\":\"x\",\"containerDefinitions\":[{}]}}",
                joined(1_000_000, |_| "{\"name\":\"abcde\",\"image\":\"x\",\"memory\":128}".to_owned())
            )
        }),
        Case::file("width: 2,000 containers", "task.json", || {
            format!(
                "{{\"family\":\"x\",\"containerDefinitions\":[{}]}}",
                joined(2_000, |at| format!("{{\"name\":\"c{at}\",\"image\":\"x\",\"memory\":128}}"))
            )
        }),
        Case::file("width: described services", "services.json", || {
            format!(
                "{{\"services\":[{}]}}",
                joined(100_000, |at| format!(
                    "{{\"serviceName\":\"s{at}\",\"taskDefinition\":\"t{at}:1\",\"desiredCount\":1,\"clusterArn\":\"arn:aws:ecs:eu-west-1:123456789012:cluster/c\"}}"
                ))
            )
        }),
        Case::file("width: described subnets", "subnets.json", || {
            format!(
                "{{\"Subnets\":[{}]}}",
                joined(30_000, |at| format!(
                    "{{\"SubnetId\":\"subnet-{at}\",\"VpcId\":\"vpc-1\",\"AvailabilityZone\":\"eu-west-1a\"}}"
                ))
            )
        }),
        Case::file("width: planned tasks", "plan.json", || plan(100_000)),
        Case::file("width: fewer planned tasks", "plan.json", || plan(10_000)),
        Case::file("width: planned tasks with roles", "plan.json", || plan_of(5_000, role_and_task)),
        Case::file("width: credentials", "task.json", || {
            container(&format!(
                "\"environment\":[{}]",
                joined(2_000, |at| format!("{{\"name\":\"PASSWORD_{at}\",\"value\":\"hunter{at}xyz\"}}"))
            ))
        }),
        Case::file("width: merge conflicts", "task.json", || {
            format!(
                "{{\"family\":\"a\",\"containerDefinitions\":[\n{}]}}",
                "<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n".repeat(100_000)
            )
        }),
        Case::file("width: merge conflicts without an end", "task.json", || {
            let markers = "=======,\n".repeat(90_000);
            format!("{{\"family\":\"a\",\"containerDefinitions\":[{markers}1{}]}}", " ".repeat(8_000_000))
        }),
    ];
    members.chain(others).collect()
}

fn plan(tasks: usize) -> String {
    plan_of(tasks, |at| {
        planned("aws_ecs_task_definition", at, r#"{"family":"f","container_definitions":TASK}"#)
    })
}

/// A role, and a task definition with the ARN of the role.
fn role_and_task(at: usize) -> String {
    let arn = format!("arn:aws:iam::123456789012:role/r{at}");
    let task = format!(r#"{{"family":"f{at}","execution_role_arn":"{arn}","container_definitions":TASK}}"#);
    let role = planned("aws_iam_role", at, &format!(r#"{{"name":"r{at}"}}"#));
    format!("{role},{}", planned("aws_ecs_task_definition", at, &task))
}

/// A resource of a plan.
pub(crate) fn planned(kind: &str, at: usize, values: &str) -> String {
    let values = values.replace("TASK", r#""[{\"name\":\"a\",\"image\":\"b\",\"memory\":128}]""#);
    format!(
        "{{\"address\":\"{kind}.t{at}\",\"mode\":\"managed\",\"type\":\"{kind}\",\"name\":\"t{at}\",\"values\":{values}}}"
    )
}

pub(crate) fn plan_of(many: usize, resources: impl Fn(usize) -> String) -> String {
    let resources = joined(many, resources);
    format!(
        "{{\"format_version\":\"1.2\",\"terraform_version\":\"1.9.0\",\"planned_values\":{{\"root_module\":{{\"resources\":[{resources}]}}}}}}"
    )
}

/// Blocks that occur very often: a name, how many, and one block.
const BLOCKS: [(&str, usize, Numbered); 22] = [
    ("unrelated resources", 100_000, |at| format!("resource \"aws_x\" \"a{at}\" {{\n  a = 1\n}}")),
    ("task definitions", 3_000, |at| {
        format!(
            "resource \"aws_ecs_task_definition\" \"a{at}\" {{\n  family = \"a{at}\"\n  container_definitions = {TASK}\n}}"
        )
    }),
    ("task definitions of one family", 3_000, |at| {
        format!(
            "resource \"aws_ecs_task_definition\" \"a{at}\" {{\n  family = \"a\"\n  container_definitions = {TASK}\n}}"
        )
    }),
    ("services", 3_000, |at| {
        format!(
            "resource \"aws_ecs_service\" \"a{at}\" {{\n  name = \"a{at}\"\n  task_definition = \"a\"\n}}"
        )
    }),
    ("services of one name", 3_000, |at| {
        format!(
            "resource \"aws_ecs_service\" \"a{at}\" {{\n  name = \"a\"\n  cluster = \"c\"\n  task_definition = \"a\"\n}}"
        )
    }),
    ("clusters", 3_000, |at| format!("resource \"aws_ecs_cluster\" \"a{at}\" {{\n  name = \"a{at}\"\n}}")),
    ("log groups", 3_000, |at| {
        format!(
            "resource \"aws_cloudwatch_log_group\" \"a{at}\" {{\n  name = \"a{at}\"\n}}\nresource \"aws_ecs_task_definition\" \"a{at}\" {{\n  family = \"a{at}\"\n  container_definitions = jsonencode([{{ name = \"a\", image = \"b\", memory = 128, logConfiguration = {{ logDriver = \"awslogs\", options = {{ \"awslogs-group\" = \"b{at}\", \"awslogs-region\" = \"eu-west-1\", \"awslogs-stream-prefix\" = \"a\" }} }} }}])\n}}"
        )
    }),
    ("roles and policies", 2_000, |at| {
        format!(
            "resource \"aws_iam_role\" \"a{at}\" {{\n  name = \"a{at}\"\n  assume_role_policy = jsonencode({{}})\n}}\nresource \"aws_iam_role_policy\" \"a{at}\" {{\n  role = aws_iam_role.a{at}.id\n  policy = jsonencode({{ Statement = [] }})\n}}"
        )
    }),
    ("subnets and route tables", 1_500, |at| {
        format!(
            "resource \"aws_subnet\" \"a{at}\" {{\n  vpc_id = \"vpc-1\"\n  cidr_block = \"10.0.0.0/24\"\n}}\nresource \"aws_route_table\" \"a{at}\" {{\n  vpc_id = \"vpc-1\"\n}}\nresource \"aws_route_table_association\" \"a{at}\" {{\n  subnet_id = aws_subnet.a{at}.id\n  route_table_id = aws_route_table.a{at}.id\n}}\nresource \"aws_ecs_service\" \"a{at}\" {{\n  name = \"a{at}\"\n  launch_type = \"FARGATE\"\n  task_definition = \"a\"\n  network_configuration {{\n    subnets = [aws_subnet.a{at}.id]\n  }}\n}}"
        )
    }),
    ("security groups and rules", 2_000, |at| {
        format!(
            "resource \"aws_security_group\" \"a{at}\" {{\n  vpc_id = \"vpc-1\"\n}}\nresource \"aws_security_group_rule\" \"a{at}\" {{\n  type = \"ingress\"\n  from_port = 80\n  to_port = 80\n  protocol = \"tcp\"\n  security_group_id = aws_security_group.a{at}.id\n  cidr_blocks = [\"10.0.0.0/8\"]\n}}"
        )
    }),
    ("target groups and rules", 2_000, |at| {
        format!(
            "resource \"aws_lb_target_group\" \"a{at}\" {{\n  port = 80\n  protocol = \"HTTP\"\n  vpc_id = \"vpc-1\"\n}}\nresource \"aws_lb_listener_rule\" \"a{at}\" {{\n  listener_arn = \"arn:aws:l\"\n  action {{\n    type = \"forward\"\n    target_group_arn = aws_lb_target_group.a{at}.arn\n  }}\n  condition {{\n    path_pattern {{\n      values = [\"/{at}\"]\n    }}\n  }}\n}}\nresource \"aws_ecs_service\" \"a{at}\" {{\n  name = \"a{at}\"\n  task_definition = \"a\"\n  load_balancer {{\n    target_group_arn = aws_lb_target_group.a{at}.arn\n    container_name = \"a\"\n    container_port = 80\n  }}\n}}"
        )
    }),
    ("scaling targets", 2_000, |at| {
        format!(
            "resource \"aws_appautoscaling_target\" \"a{at}\" {{\n  resource_id = \"service/c/a{at}\"\n  min_capacity = 1\n  max_capacity = 2\n  service_namespace = \"ecs\"\n  scalable_dimension = \"ecs:service:DesiredCount\"\n}}\nresource \"aws_ecs_service\" \"a{at}\" {{\n  name = \"a{at}\"\n  cluster = \"c\"\n  desired_count = 1\n  task_definition = \"a\"\n}}"
        )
    }),
    ("deployment groups", 2_000, |at| {
        format!(
            "resource \"aws_codedeploy_deployment_group\" \"a{at}\" {{\n  app_name = \"a\"\n  deployment_group_name = \"a{at}\"\n  service_role_arn = \"arn:aws:iam::123456789012:role/a\"\n  ecs_service {{\n    cluster_name = \"c\"\n    service_name = \"b{at}\"\n  }}\n}}\nresource \"aws_ecs_service\" \"a{at}\" {{\n  name = \"a{at}\"\n  cluster = \"c\"\n  task_definition = \"a\"\n  deployment_controller {{\n    type = \"CODE_DEPLOY\"\n  }}\n}}"
        )
    }),
    ("variables", 20_000, |at| format!("variable \"a{at}\" {{\n  default = {at}\n}}")),
    ("outputs", 20_000, |at| format!("output \"a{at}\" {{\n  value = {at}\n}}")),
    ("locals in blocks", 20_000, |at| format!("locals {{\n  a{at} = {at}\n}}")),
    ("one local", 20_000, |_| "locals {\n  a = 1\n}".to_owned()),
    ("comments", 200_000, |at| format!("# comment {at}")),
    ("ignore comments", 5_000, |at| {
        format!(
            "# ecslint: ignore[unknown-property]\nresource \"aws_ecs_cluster\" \"a{at}\" {{\n  name = \"a{at}\"\n}}"
        )
    }),
    ("mistakes", 100_000, |at| format!("a{at} = = 1")),
    ("calls of absent modules", 5_000, |at| format!("module \"a{at}\" {{\n  source = \"./absent{at}\"\n}}")),
    ("references", 5_000, |at| {
        format!("resource \"aws_ecs_cluster\" \"a{at}\" {{\n  name = aws_ecs_cluster.a{}.name\n}}", at + 1)
    }),
];

fn terraform() -> Vec<Case> {
    let blocks = BLOCKS.into_iter().map(|(name, many, block)| {
        Case::file(format!("width: {name}"), "main.tf", move || lines(many, block) + &task(TASK))
    });
    let network = [
        (
            "routes to one network",
            "resource \"aws_route\" \"a#\" {\n  route_table_id = \"rtb-1\"\n  destination_cidr_block = \"10.0.0.0/16\"\n}",
        ),
        (
            "subnets with one range",
            "resource \"aws_subnet\" \"a#\" {\n  vpc_id = aws_vpc.a.id\n  cidr_block = \"10.0.0.0/24\"\n}",
        ),
        (
            "mount targets in one subnet",
            "resource \"aws_efs_mount_target\" \"a#\" {\n  file_system_id = aws_efs_file_system.a.id\n  subnet_id = \"subnet-1\"\n}",
        ),
        (
            "security groups with one name",
            "resource \"aws_security_group\" \"a#\" {\n  name = \"a\"\n  vpc_id = var.a#\n}",
        ),
    ];
    let network = network.map(|(name, block)| {
        Case::file(format!("width: {name}"), "main.tf", move || {
            let shared = "resource \"aws_vpc\" \"a\" {\n  cidr_block = \"10.0.0.0/16\"\n}\nresource \"aws_efs_file_system\" \"a\" {}\n";
            shared.to_owned() + &lines(4_000, |at| block.replace('#', &at.to_string())) + &task(TASK)
        })
    });
    let others = [
        Case::file("width: instances", "main.tf", || {
            lines(100, |at| {
                format!(
                    "resource \"aws_ecs_task_definition\" \"a{at}\" {{\n  for_each = toset([for i in range(500): tostring(i)])\n  family = each.key\n  container_definitions = {TASK}\n}}"
                )
            })
        }),
        Case::file("width: more instances", "main.tf", || {
            lines(1_000, |at| {
                format!(
                    "resource \"aws_ecs_task_definition\" \"a{at}\" {{\n  count = 1000\n  family = \"a${{count.index}}\"\n  container_definitions = {TASK}\n}}"
                )
            })
        }),
        Case::file("width: a million instances", "main.tf", || {
            format!(
                "resource \"aws_ecs_task_definition\" \"a\" {{\n  count = 1000000\n  family = \"a\"\n  container_definitions = {TASK}\n}}"
            )
        }),
        Case::file("width: arguments", "main.tf", || {
            format!(
                "resource \"aws_ecs_service\" \"a\" {{\n{}}}",
                lines(100_000, |at| format!("  a{at} = {at}"))
            )
        }),
        Case::file("width: one argument", "main.tf", || {
            format!("resource \"aws_ecs_service\" \"a\" {{\n{}}}", lines(100_000, |_| "  a = 1".to_owned()))
        }),
        Case::file("width: nested blocks", "main.tf", || {
            format!(
                "resource \"aws_ecs_service\" \"a\" {{\n{}}}",
                "  load_balancer {\n    container_name = \"a\"\n  }\n".repeat(50_000)
            )
        }),
        Case::file("width: one list", "main.tf", || {
            format!("locals {{\n  a = [{}]\n}}\n", joined(2_000_000, |_| "1".to_owned())) + &task(TASK)
        }),
        Case::file("width: one object", "main.tf", || {
            format!("locals {{\n  a = {{{}}}\n}}\n", joined(300_000, |at| format!("k{at} = {at}")))
                + &task("jsonencode(local.a)")
        }),
        Case::file("width: one key in an object", "main.tf", || {
            format!("locals {{\n  a = {{{}}}\n}}\n", joined(300_000, |at| format!("k = {at}")))
                + &task("jsonencode(local.a)")
        }),
        Case::file("width: interpolations", "main.tf", || {
            task(&format!("\"{}\"", "${local.a}".repeat(200_000)))
        }),
        Case::file("width: labels", "main.tf", || format!("resource {} {{}}", "\"a\" ".repeat(500_000))),
        Case::new("width: one file of many tasks", || {
            let ports = joined(100, |at| format!("{{\"containerPort\":{}}}", 70_000 + at));
            let containers =
                format!("[{{\"name\":\"a\",\"image\":\"b\",\"memory\":128,\"portMappings\":[{ports}]}}]");
            let tasks = lines(2_000, |at| {
                format!(
                    "resource \"aws_ecs_task_definition\" \"a{at}\" {{\n  family = \"a{at}\"\n  container_definitions = file(\"c.json\")\n}}"
                )
            });
            vec![("c.json".to_owned(), containers), ("main.tf".to_owned(), tasks)]
        }),
    ];
    blocks.chain(network).chain(others).collect()
}

/// Expressions whose value, or whose work, is far larger than their text.
const EXPRESSIONS: [&str; 24] = [
    "[for i in range(100): [for j in range(100): regexall(\"a{${i}}b{${j}}|\\\\pL{100}\", \"aaaa\")]]",
    "[for i in range(1000): [for j in range(1000): [for k in range(1000): i]]]",
    "[for i in range(1000): regex(\"(a*)*b\", join(\"\", [for j in range(1000): \"a\"]))]",
    "[for i in range(1000): replace(join(\"\", [for j in range(1000): \"a\"]), \"/a/\", \"bbbbbbbbbb\")]",
    "fileset(\".\", \"{{{{{{{{{{{{{{{{a}}}}}}}}}}}}}}}}\")",
    "fileset(\".\", \"**/**/**/**/**/**/**/**/**/a\")",
    "setproduct(range(1000), range(1000), range(1000))",
    "setproduct([for i in range(40): setproduct(range(1000), range(10))]...)",
    "[for i in range(1000): sha512(join(\"\", range(1000)))]",
    "[for i in range(1000): base64gzip(join(\"\", range(1000)))]",
    "[for i in range(1000): jsondecode(jsonencode(range(1000)))]",
    "[for i in range(1000): yamldecode(jsonencode(range(1000)))]",
    "[for i in range(1000): sort([for j in range(1000): tostring(j)])]",
    "[for i in range(1000): distinct(range(1000))]",
    "[for i in range(1000): flatten([for j in range(1000): [j]])]",
    "[for i in range(1000): merge([for j in range(1000): { \"k${j}\" = j }]...)]",
    "[for i in range(1000): cidrsubnets(\"10.0.0.0/8\", [for j in range(1000): 8]...)]",
    "[for i in range(1000): format(\"%1000d\", i)]",
    "format(\"%1000000000d\", 1)",
    "join(\"\", [for i in range(1000): join(\"\", [for j in range(1000): \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"])])",
    "[for i in range(1000): split(\"\", join(\"\", range(1000)))]",
    "[for i in range(1000): matchkeys(range(1000), range(1000), range(1000))]",
    "[for i in range(1000): csvdecode(join(\"\\n\", range(1000)))]",
    "[for i in range(1000): templatestring(\"$${i}\", { i = i })]",
];

fn functions() -> Vec<Case> {
    let expressions = EXPRESSIONS.into_iter().map(|expression| {
        Case::file(format!("width: {expression}"), "main.tf", move || {
            task(&format!("jsonencode({expression})"))
        })
    });
    let doubled = [
        "[X, X]",
        "\"${X}${X}\"",
        "{ a = X, b = X }",
        "concat(X, X)",
        "merge(X, X)",
        "jsonencode([X, X])",
        "replace(X, \"x\", \"xx\")",
        "format(\"%s%s\", X, X)",
    ];
    let doubled = doubled.into_iter().map(|next| {
        let text = move || {
            let links =
                lines(60, |at| format!("  a{at} = {}", next.replace('X', &format!("local.a{}", at + 1))));
            format!("locals {{\n{links}  a60 = \"x\"\n}}\n") + &task("jsonencode(local.a0)")
        };
        Case::file(format!("width: doubled {next}"), "main.tf", text)
    });
    expressions.chain(doubled).collect()
}

fn settings() -> Vec<Case> {
    let with_task = |name: &str, path: &'static str, text: fn() -> String| {
        Case::new(format!("width: {name}"), move || {
            vec![("main.tf".to_owned(), task(TASK)), (path.to_owned(), text())]
        })
    };
    vec![
        with_task("comments in settings", "ecslint.toml", || lines(100_000, |at| format!("# {at}"))),
        with_task("ignores in settings", "ecslint.toml", || {
            lines(5_000, |at| format!("[[ignore]]\npath = \"a{at}/**/b*.tf\"\nrule = \"syntax\""))
        }),
        with_task("overrides in settings", "ecslint.toml", || {
            lines(5_000, |at| format!("[[overrides]]\npath = \"a{at}/\"\nrules = {{ syntax = \"off\" }}"))
        }),
        with_task("mistakes in settings", "ecslint.toml", || lines(50_000, |at| format!("a{at} = 1"))),
        with_task("patterns in .gitignore", ".gitignore", || lines(6_000, |at| format!("dir{at}/*.x{at}"))),
        with_task("short patterns in .gitignore", ".gitignore", || lines(33_000, |_| "?a".to_owned())),
        with_task("a .gitignore that is refused", "a/.gitignore", || {
            lines(1_000_000, |at| format!("*.x{at}"))
        }),
        with_task("variables in a file", "terraform.tfvars", || lines(50_000, |at| format!("a{at} = {at}"))),
        with_task("submodules", ".gitmodules", || lines(100_000, |at| format!("path = a{at}"))),
    ]
}

/// Files of many megabytes of one byte.
fn bytes() -> Vec<Case> {
    let of_one =
        |name: &'static str, path: &'static str, before: &'static str, byte: &'static str, many: usize| {
            Case::file(format!("width: {name} in {path}"), path, move || {
                format!("{before}{}", byte.repeat(many))
            })
        };
    let json = "{\"family\":\"a\",\"containerDefinitions\":[";
    let hcl = "resource \"aws_ecs_task_definition\" \"a\" {\n  family = ";
    let mut cases = Vec::new();
    for (name, byte) in [
        ("line breaks", "\n"),
        ("carriage returns", "\r"),
        ("blanks", " "),
        ("letters", "x"),
        ("digits", "1"),
        ("brackets", "["),
        ("braces", "{"),
        ("closing braces", "}"),
        ("quotes", "\""),
        ("slashes", "/"),
        ("hashes", "#"),
        ("dollars", "$"),
        ("dots", "."),
        ("NUL", "\0"),
    ] {
        cases.push(of_one(name, "task.json", json, byte, 8_000_000));
        cases.push(of_one(name, "main.tf", hcl, byte, 8_000_000));
    }
    cases.push(Case::file("width: a family of 60 MB", "task.json", || {
        format!("{{\"family\":\"{}\",\"containerDefinitions\":[]}}", "x".repeat(60_000_000))
    }));
    cases.push(Case::file("width: 60 MB of line breaks", "task.json", move || {
        format!("{json}{}]}}", "\n".repeat(60_000_000))
    }));
    cases.push(Case::file("width: a heredoc of 30 MB", "main.tf", || {
        format!("locals {{\n  a = <<EOF\n{}EOF\n}}\n", "aaaaaaaaaaaaaaaaaaaaaaaaa\n".repeat(1_200_000))
            + &task(TASK)
    }));
    cases.push(Case::file("width: a string of 30 MB", "main.tf", || {
        format!("locals {{\n  a = \"{}\"\n}}\n", "a".repeat(30_000_000)) + &task(TASK)
    }));
    cases.push(Case::file("width: more than 64 MiB", "task.json", move || {
        format!("{json}{}", " ".repeat(70_000_000))
    }));
    cases
}
