//! Many resources of two kinds that refer to each other: what is compared must not grow with the product of their numbers, or it is a
//! limit, which is reported.

use crate::program::Case;
use crate::width::{plan_of, planned};

/// What is reported if a rule would compare too many resources.
const TOO_MANY: &str =
    "[limit-reached] too many resources of these files have to be compared with each other";

/// The plans of which this is reported.
const REPORTED: [&str; 3] =
    ["scaling targets and services", "secrets and tasks", "VPC endpoints and services"];

fn lines(many: usize, line: impl Fn(usize) -> String) -> String {
    (0..many).map(|at| line(at) + "\n").collect()
}

/// A plan: its name, how many of each resource, and the types with their values, in which `#` is the number.
type Planned = (&'static str, usize, &'static [(&'static str, &'static str)]);

const PLANS: [Planned; 11] = [
    ("roles and tasks", 9_000, &[("aws_iam_role", r##"{"name":"r#"}"##), ("aws_ecs_task_definition", TASK)]),
    (
        "roles and policies",
        9_000,
        &[
            ("aws_iam_role", r##"{"name":"r#"}"##),
            ("aws_iam_role_policy", r##"{"role":"r#","policy":"{\"Statement\":[]}"}"##),
        ],
    ),
    (
        "roles, policies, and tasks",
        5_000,
        &[
            ("aws_iam_role", r##"{"name":"r#"}"##),
            ("aws_iam_role_policy", r##"{"role":"r#","policy":"{\"Statement\":[]}"}"##),
            ("aws_ecs_task_definition", TASK),
        ],
    ),
    (
        "subnets and services",
        5_000,
        &[
            ("aws_subnet", r##"{"vpc_id":"vpc-1","cidr_block":"10.0.0.0/24"}"##),
            ("aws_route_table_association", r##"{"subnet_id":"subnet-#","route_table_id":"rtb-1"}"##),
            ("aws_ecs_service", SERVICE),
        ],
    ),
    (
        "security groups and services",
        5_000,
        &[
            ("aws_security_group", r##"{"name":"g#"}"##),
            (
                "aws_vpc_security_group_ingress_rule",
                r##"{"security_group_id":"sg-#","ip_protocol":"tcp","from_port":80,"to_port":80,"cidr_ipv4":"10.0.0.0/8"}"##,
            ),
            ("aws_ecs_service", SERVICE),
        ],
    ),
    (
        "profiles and instances",
        6_000,
        &[
            ("aws_iam_instance_profile", r##"{"name":"p#","role":"r#"}"##),
            ("aws_iam_role", r##"{"name":"r#"}"##),
            ("aws_launch_template", r##"{"name":"l#","iam_instance_profile":[{"name":"p#"}]}"##),
        ],
    ),
    (
        "secrets and tasks",
        5_000,
        &[
            ("aws_secretsmanager_secret", r##"{"name":"s#"}"##),
            ("aws_secretsmanager_secret_version", r##"{"secret_id":"s#"}"##),
            (
                "aws_ecs_task_definition",
                r##"{"family":"t#","container_definitions":"[{\"name\":\"a\",\"image\":\"b\",\"memory\":128,\"secrets\":[{\"name\":\"A\",\"valueFrom\":\"arn:aws:secretsmanager:eu-west-1:123456789012:secret:s#-abcdef:k::\"}]}]"}"##,
            ),
        ],
    ),
    (
        "VPC endpoints and services",
        4_000,
        &[
            (
                "aws_vpc_endpoint",
                r##"{"vpc_id":"vpc-#","service_name":"com.amazonaws.eu-west-1.ecr.api","vpc_endpoint_type":"Interface"}"##,
            ),
            ("aws_subnet", r##"{"vpc_id":"vpc-#"}"##),
            ("aws_ecs_service", SERVICE),
        ],
    ),
    (
        "scaling targets and services",
        5_000,
        &[
            (
                "aws_appautoscaling_target",
                r##"{"resource_id":"service/c/v#","scalable_dimension":"ecs:service:DesiredCount","service_namespace":"ecs","min_capacity":1,"max_capacity":2}"##,
            ),
            (
                "aws_appautoscaling_policy",
                r##"{"name":"p#","resource_id":"service/c/v#","scalable_dimension":"ecs:service:DesiredCount","service_namespace":"ecs","policy_type":"TargetTrackingScaling"}"##,
            ),
            ("aws_ecs_service", r##"{"name":"v#","cluster":"c","task_definition":"f#"}"##),
        ],
    ),
    (
        "listeners and target groups",
        4_000,
        &[
            ("aws_lb", r##"{"name":"l#"}"##),
            (
                "aws_lb_listener",
                r##"{"load_balancer_arn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/l/#","port":80,"default_action":[{"type":"forward","target_group_arn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/g/#"}]}"##,
            ),
            ("aws_lb_target_group", r##"{"name":"g#","port":80}"##),
        ],
    ),
    (
        "families and services",
        4_000,
        &[
            ("aws_ecs_task_definition", TASK),
            ("aws_ecs_service", r##"{"name":"v#","cluster":"c","task_definition":"unknown#"}"##),
        ],
    ),
];

const TASK: &str = r##"{"family":"t#","execution_role_arn":"arn:aws:iam::123456789012:role/r#","container_definitions":"[{\"name\":\"a\",\"image\":\"b\",\"memory\":128}]"}"##;

const SERVICE: &str = r##"{"name":"v#","task_definition":"t","launch_type":"FARGATE","network_configuration":[{"subnets":["subnet-#"],"security_groups":["sg-#"]}]}"##;

pub(crate) fn cases() -> Vec<Case> {
    let plans = PLANS.into_iter().map(|(name, many, kinds)| {
        let resource = move |at: usize, kind: &str, values: &str| {
            planned(kind, at, &values.replace('#', &at.to_string()))
        };
        let resources = move |at: usize| {
            let all = kinds.iter().map(|(kind, values)| resource(at, kind, values));
            all.collect::<Vec<_>>().join(",")
        };
        let name_of_case = format!("pairs: planned {name}");
        let case = Case::file(name_of_case, "plan.json", move || plan_of(many, resources));
        if REPORTED.contains(&name) { case.reporting(TOO_MANY) } else { case }
    });
    plans.chain(CROSSED.into_iter().map(crossed)).collect()
}

/// Resources in Terraform that are crossed with services: a name, how many, what there is once, each resource, and what is in
/// each service. `#` is the number.
type Crossed = (&'static str, usize, &'static str, &'static str, &'static str);

const CROSSED: [Crossed; 14] = [
    (
        "rules of one security group",
        1_500,
        "",
        r##"resource "aws_vpc_security_group_ingress_rule" "a#" {
  security_group_id = aws_security_group.one.id
  ip_protocol = "tcp"
  from_port = #
  to_port = #
  cidr_ipv4 = "10.0.0.0/8"
}"##,
        "",
    ),
    (
        "rules of many security groups",
        1_500,
        "",
        r##"resource "aws_security_group" "a#" {
  vpc_id = aws_vpc.one.id
}
resource "aws_security_group_rule" "a#" {
  security_group_id = aws_security_group.a#.id
  type = "ingress"
  protocol = "tcp"
  from_port = 80
  to_port = 80
  cidr_blocks = ["10.0.0.0/8"]
}"##,
        "",
    ),
    (
        "entries of one network ACL",
        1_500,
        r##"resource "aws_network_acl" "one" {
  vpc_id = aws_vpc.one.id
  subnet_ids = [aws_subnet.one.id]
}"##,
        r##"resource "aws_network_acl_rule" "a#" {
  network_acl_id = aws_network_acl.one.id
  rule_number = #
  rule_action = "deny"
  protocol = "tcp"
  from_port = #
  to_port = #
  cidr_block = "10.0.0.0/16"
}"##,
        "",
    ),
    (
        "routes of one table",
        1_500,
        r##"resource "aws_route_table" "one" {
  vpc_id = aws_vpc.one.id
}
resource "aws_route_table_association" "one" {
  subnet_id = aws_subnet.one.id
  route_table_id = aws_route_table.one.id
}"##,
        r##"resource "aws_route" "a#" {
  route_table_id = aws_route_table.one.id
  destination_cidr_block = "10.0.0.0/24"
  nat_gateway_id = "nat-#"
}"##,
        "",
    ),
    (
        "VPC endpoints of one VPC",
        1_000,
        "",
        r##"resource "aws_vpc_endpoint" "a#" {
  vpc_id = aws_vpc.one.id
  service_name = "com.amazonaws.eu-west-1.ecr.api"
  vpc_endpoint_type = "Interface"
  private_dns_enabled = true
  subnet_ids = [aws_subnet.one.id]
  security_group_ids = [aws_security_group.one.id]
}"##,
        "",
    ),
    (
        "VPC endpoints of many VPCs",
        1_500,
        "",
        r##"resource "aws_vpc" "a#" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_vpc_endpoint" "a#" {
  vpc_id = aws_vpc.a#.id
  service_name = "com.amazonaws.eu-west-1.ecr.api"
  vpc_endpoint_type = "Interface"
}"##,
        "",
    ),
    (
        "listener rules of one target group",
        1_200,
        TARGET_GROUP,
        r##"resource "aws_lb_listener_rule" "a#" {
  listener_arn = "arn:aws:l"
  action {
    type = "forward"
    target_group_arn = aws_lb_target_group.one.arn
  }
  condition {
    path_pattern {
      values = ["/#"]
    }
  }
}"##,
        TO_TARGET_GROUP,
    ),
    (
        "listeners of one load balancer",
        1_200,
        TARGET_GROUP,
        r##"resource "aws_lb_listener" "a#" {
  load_balancer_arn = aws_lb.one.arn
  port = #
  protocol = "HTTP"
  default_action {
    type = "forward"
    target_group_arn = aws_lb_target_group.one.arn
  }
}"##,
        TO_TARGET_GROUP,
    ),
    (
        "Cloud Map services",
        600,
        r##"resource "aws_service_discovery_private_dns_namespace" "one" {
  name = "n.internal"
  vpc = aws_vpc.one.id
}"##,
        r##"resource "aws_service_discovery_service" "a#" {
  name = "d#"
  dns_config {
    namespace_id = aws_service_discovery_private_dns_namespace.one.id
    dns_records {
      type = "A"
      ttl = 10
    }
  }
}"##,
        "  service_registries {\n    registry_arn = aws_service_discovery_service.a#.arn\n  }\n",
    ),
    (
        "client aliases",
        800,
        "resource \"aws_service_discovery_http_namespace\" \"one\" {\n  name = \"n\"\n}",
        "",
        r##"  service_connect_configuration {
    enabled = true
    namespace = aws_service_discovery_http_namespace.one.arn
    service {
      port_name = "web"
      client_alias {
        dns_name = "d#.n.internal"
        port = 80
      }
    }
  }
"##,
    ),
    (
        "policies of one role",
        2_000,
        "resource \"aws_iam_role\" \"one\" {\n  name = \"one\"\n  assume_role_policy = jsonencode({})\n}",
        r##"resource "aws_iam_role_policy" "a#" {
  role = aws_iam_role.one.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:Get#", Resource = "*" }] })
}
resource "aws_ecs_task_definition" "a#" {
  family = "a#"
  execution_role_arn = aws_iam_role.one.arn
  task_role_arn = aws_iam_role.one.arn
  container_definitions = jsonencode([{ name = "a", image = "b", memory = 128 }])
}"##,
        "",
    ),
    (
        "mount targets",
        800,
        "",
        r##"resource "aws_efs_file_system" "a#" {
}
resource "aws_efs_mount_target" "a#" {
  file_system_id = aws_efs_file_system.a#.id
  subnet_id = aws_subnet.one.id
  security_groups = [aws_security_group.one.id]
}
resource "aws_efs_access_point" "a#" {
  file_system_id = aws_efs_file_system.a#.id
}
resource "aws_ecs_task_definition" "a#" {
  family = "a#"
  container_definitions = jsonencode([{ name = "a", image = "b", memory = 128 }])
  volume {
    name = "v"
    efs_volume_configuration {
      file_system_id = aws_efs_file_system.a#.id
      transit_encryption = "ENABLED"
      authorization_config {
        access_point_id = aws_efs_access_point.a#.id
      }
    }
  }
}"##,
        "",
    ),
    (
        "capacity providers",
        1_000,
        "",
        r##"resource "aws_launch_template" "a#" {
  name = "l#"
  image_id = "ami-1"
}
resource "aws_autoscaling_group" "a#" {
  min_size = 1
  max_size = 2
  launch_template {
    id = aws_launch_template.a#.id
  }
}
resource "aws_ecs_capacity_provider" "a#" {
  name = "p#"
  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.a#.arn
  }
}"##,
        "",
    ),
    (
        "alarms and scaling policies",
        1_500,
        "",
        r##"resource "aws_appautoscaling_target" "a#" {
  resource_id = "service/c/s#"
  min_capacity = 1
  max_capacity = 2
  service_namespace = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
}
resource "aws_appautoscaling_policy" "a#" {
  name = "p#"
  policy_type = "StepScaling"
  resource_id = "service/c/s#"
  service_namespace = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
}"##,
        "",
    ),
];

const TARGET_GROUP: &str = r#"resource "aws_lb" "one" {
  name = "one"
  subnets = [aws_subnet.one.id]
}
resource "aws_lb_target_group" "one" {
  name = "one"
  port = 80
  protocol = "HTTP"
  target_type = "ip"
  vpc_id = aws_vpc.one.id
}"#;

const TO_TARGET_GROUP: &str = "  load_balancer {\n    target_group_arn = aws_lb_target_group.one.arn\n    container_name = \"web\"\n    container_port = 80\n  }\n";

/// The network of all services, and their task definition, which calls many other services.
fn shared(many: usize) -> String {
    let urls = (0..many).map(|at| format!("{{ name = \"U{at}\", value = \"http://d{at}.n.internal:80\" }}"));
    let urls = urls.collect::<Vec<_>>().join(", ");
    format!(
        r#"provider "aws" {{
  region = "eu-west-1"
}}
resource "aws_vpc" "one" {{
  cidr_block = "10.0.0.0/8"
}}
resource "aws_subnet" "one" {{
  vpc_id = aws_vpc.one.id
  cidr_block = "10.0.0.0/24"
}}
resource "aws_security_group" "one" {{
  vpc_id = aws_vpc.one.id
}}
resource "aws_ecs_task_definition" "one" {{
  family = "one"
  network_mode = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu = "256"
  memory = "512"
  container_definitions = jsonencode([{{ name = "web", image = "nginx", memory = 128, portMappings = [{{ containerPort = 80, name = "web" }}], environment = [{urls}] }}])
}}
"#
    )
}

fn crossed((name, many, once, each, of_service): Crossed) -> Case {
    Case::file(format!("pairs: {name}"), "main.tf", move || {
        let services = lines(many, |at| {
            let number = at.to_string();
            let each = each.replace('#', &number);
            let of_service = of_service.replace('#', &number);
            format!(
                r#"{each}
resource "aws_ecs_service" "s{at}" {{
  name = "s{at}"
  cluster = "c"
  task_definition = aws_ecs_task_definition.one.arn
  launch_type = "FARGATE"
  desired_count = 2
  network_configuration {{
    subnets = [aws_subnet.one.id]
    security_groups = [aws_security_group.one.id]
  }}
{of_service}}}"#
            )
        });
        shared(many.min(600)) + once + "\n" + &services
    })
}
