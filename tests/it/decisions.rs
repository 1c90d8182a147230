//! Single conditions that decide what a user sees. Each of these tests fails if such a condition is reversed, as the survivors of
//! the mutants were.

use std::fs;

use snapbox::str;

use crate::program::{assert_output, directory, run};

/// The places and rules of the findings of some rules.
fn found(files: &[(&str, &str)], arguments: &[&str]) -> Vec<String> {
    let directory = directory(files);
    let (_, output, _) =
        run(directory.path(), &[&["check", "-q", "--format", "concise"], arguments].concat());
    let short = |line: &str| {
        let (place, rest) = line.split_once(": ").unwrap();
        let (_, rest) = rest.split_once('[').unwrap();
        format!("{place} {}", rest.split(']').next().unwrap())
    };
    output.lines().map(short).collect()
}

fn count(files: &[(&str, &str)], rule: &str) -> usize {
    found(files, &["--select", rule]).len()
}

const SIZED: &str = "variable \"memory\" {
  type = number
}
resource \"aws_ecs_task_definition\" \"web\" {
  family                   = \"web\"
  requires_compatibilities = [\"FARGATE\"]
  network_mode             = \"awsvpc\"
  cpu                      = 256
  memory                   = var.memory
  container_definitions    = jsonencode([{ name = \"web\", image = \"nginx\" }])
}
";

#[test]
fn a_variable_in_a_script_has_its_place() {
    let files = |script: &'static str| [(".git/HEAD", ""), ("main.tf", SIZED), ("deploy.sh", script)];
    let sizes = |script| found(&files(script), &["--select", "fargate-cpu-memory"]);
    assert_eq!(sizes("TF_VAR_memory=4096 terraform apply\n"), ["deploy.sh:1:15 fargate-cpu-memory"]);
    assert_eq!(
        sizes("export TF_VAR_memory='4096'\nterraform apply\n"),
        ["deploy.sh:1:23 fargate-cpu-memory"]
    );
}

#[test]
fn what_a_script_computes_matches_any_characters_once() {
    let script = "terraform apply -var-file=zones/$STAGE$SUFFIX.tfvars\n";
    let files =
        [(".git/HEAD", ""), ("main.tf", SIZED), ("deploy.sh", script), ("zones/p.tfvars", "memory = 4096\n")];
    assert_eq!(
        found(&files, &["--select", "fargate-cpu-memory"]),
        ["zones/p.tfvars:1:10 fargate-cpu-memory"]
    );
}

#[test]
fn a_makefile_with_another_name_is_a_script() {
    let script = "deploy:\n\tTF_VAR_memory=4096 terraform apply\n";
    let files = [(".git/HEAD", ""), ("main.tf", SIZED), ("deploy.mk", script)];
    assert_eq!(count(&files, "fargate-cpu-memory"), 1);
}

#[test]
fn settings_with_comments_are_not_a_broken_request() {
    let relaxed = "{ // where the containerDefinitions are\n  \"ecs\": \"containerDefinitions\" }\n";
    assert_eq!(found(&[("settings.json", relaxed)], &["settings.json"]), [""; 0]);
}

#[test]
fn settings_next_to_a_called_module_apply_to_it() {
    let module =
        SIZED.replace("var.memory", "4096").replace("variable \"memory\" {\n  type = number\n}\n", "");
    let call = "module \"m\" {\n  source = \"../m\"\n}\n";
    let sizes = |settings: &str| {
        let files =
            [(".git/HEAD", ""), ("a/main.tf", call), ("m/main.tf", &module), ("m/ecslint.toml", settings)];
        let all = found(&files, &["a"]);
        all.into_iter().filter(|line| line.contains("fargate-cpu-memory")).count()
    };
    assert_eq!(sizes(""), 1);
    assert_eq!(sizes("[rules]\nfargate-cpu-memory = \"off\"\n"), 0);
}

const TASK: &str = r#"{ "family": "web", "networkMode": "awsvpc", "containerDefinitions": [{ "name": "web", "image": "nginx:1",
  "memory": 128, "portMappings": [{ "containerPort": 80, "hostPort": 81 }] }] }"#;

#[test]
fn one_settings_file_of_several_can_enable_a_rule() {
    let without = found(&[("a/task.json", TASK), ("b/task.json", TASK)], &[]);
    let files = [
        ("a/ecslint.toml", "[rules]\npedantic = \"warning\"\n"),
        ("a/task.json", TASK),
        ("b/ecslint.toml", ""),
        ("b/task.json", TASK),
    ];
    let with = found(&files, &[]);
    assert!(with.len() > without.len(), "{with:?}");
    let selected = "select = [\"correctness\", \"no-logging\"]\n";
    assert_eq!(
        found(&[("a/ecslint.toml", selected), ("a/task.json", TASK)], &[]),
        ["a/task.json:2:70 awsvpc-port-mismatch"]
    );
}

#[test]
fn a_default_does_not_decide_a_condition_of_a_template() {
    let template = "Parameters:
  Size: { Type: String, Default: small, AllowedValues: [small, large] }
Conditions:
  IsLarge: !Equals [!Ref Size, large]
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      NetworkMode: awsvpc
      Cpu: !If [IsLarge, 1024, 256]
      Memory: 512
      ContainerDefinitions: [{ Name: web, Image: nginx }]
";
    assert_eq!(count(&[("stack.yaml", template)], "fargate-cpu-memory"), 1);
}

#[test]
fn settings_next_to_facts_are_read() {
    let files = [
        (".git/HEAD", ""),
        ("a/ecslint.toml", "facts = [\"../facts/task.json\"]\n"),
        ("a/task.json", TASK),
        ("facts/ecslint.toml", "[rules]\nno-such-rule = \"off\"\n"),
        ("facts/task.json", TASK),
    ];
    assert_eq!(
        found(&files, &["--select", "invalid-setting", "a"]),
        ["facts/ecslint.toml:2:1 invalid-setting"]
    );
}

#[test]
fn what_a_module_does_not_show_counts_for_its_call() {
    let call = "variable \"vpc\" {}
module \"alb\" {
  source  = \"terraform-aws-modules/alb/aws\"
  version = \"~> 9.0\"
  vpc_id  = var.vpc
}
resource \"aws_ecs_cluster\" \"main\" {
  name = \"main\"
}
";
    let directory = directory(&[("main.tf", call)]);
    let (_, _, said) = run(directory.path(), &["check", "--statistics"]);
    let causes: Vec<&str> = said.lines().filter(|line| line.contains("undecided without")).collect();
    let [first, ..] = causes.as_slice() else { panic!("{said}") };
    assert!(first.ends_with("without `module.alb`: run `terraform init`, so that the module can be read"));
}

#[test]
fn an_unknown_value_keeps_its_name_in_a_model() {
    let call = "variable \"memory\" {}
module \"web\" {
  source                = \"terraform-aws-modules/ecs/aws//modules/service\"
  name                  = \"web\"
  memory                = var.memory
  container_definitions = { web = { image = \"nginx\" } }
}
";
    let directory = directory(&[("main.tf", call)]);
    let (_, _, said) = run(directory.path(), &["check", "--show-unknown"]);
    assert!(said.contains("undecided without `var.memory`"), "{said}");
}

#[test]
fn the_request_of_a_secret_is_shown_without_its_value() {
    let template = "Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: web
      SecretString: '{\"user\": \"web\"}'
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions: [{ Name: web, Image: nginx, Memory: 128 }]
";
    let directory = directory(&[("stack.yaml", template)]);
    let (_, shown, _) = run(directory.path(), &["show", "stack.yaml"]);
    assert!(shown.contains("CreateSecret") && !shown.contains("SecretString"), "{shown}");
}

#[test]
fn a_pointer_begins_with_a_slash_or_is_empty() {
    let settings = |pointer: &str| {
        format!(
            "[[ignore]]\npath = \"task.json\"\nrule = \"awsvpc-port-mismatch\"\npointer = \"{pointer}\"\n"
        )
    };
    let errors = |pointer: &str| {
        count(&[("ecslint.toml", &settings(pointer)), ("task.json", TASK)], "invalid-setting")
    };
    assert_eq!(["", "/containerDefinitions", "containerDefinitions"].map(errors), [0, 0, 1]);
}

#[test]
fn tables_of_settings_are_arrays() {
    assert_eq!(count(&[("ecslint.toml", "ignore = 5\n"), ("task.json", TASK)], "invalid-setting"), 1);
    assert_eq!(
        count(&[("ecslint.toml", "[ignore]\npath = \"a\"\n"), ("task.json", TASK)], "invalid-setting"),
        1
    );
}

#[test]
fn the_end_of_the_name_of_an_environment_file_decides() {
    let files = |value: &str| {
        let task = format!(
            "variable \"prefix\" {{}}
resource \"aws_ecs_task_definition\" \"web\" {{
  family = \"web\"
  container_definitions = jsonencode([{{ name = \"web\", image = \"nginx:1\", memory = 128,
    environmentFiles = [{{ type = \"s3\", value = \"{value}\" }}] }}])
}}
"
        );
        count(&[("main.tf", &task)], "invalid-environment-file")
    };
    assert_eq!(files("${var.prefix}/web"), 1);
    assert_eq!(files("${var.prefix}-config"), 0);
    assert_eq!(files("${var.prefix}config.txt"), 1);
    assert_eq!(files("${var.prefix}/web.env"), 0);
}

#[test]
fn a_marked_word_in_an_image_has_at_least_two_letters() {
    let images = |image: &str| count(&[("task.json", &TASK.replace("nginx:1", image))], "invalid-image");
    assert_eq!(images("web:&&BUILD_ID&&"), 0);
    assert_eq!(images("web:&B&"), 1);
}

#[test]
fn a_computed_key_may_be_a_required_argument() {
    let service = |key: &str| {
        format!(
            "variable \"key\" {{}}
resource \"aws_ecs_service\" \"web\" {{
  name            = \"web\"
  task_definition = \"web:1\"
  load_balancer   = [{{ {key} = 80, \"container_name\" = \"web\", \"target_group_arn\" = \"arn:x\" }}]
}}
"
        )
    };
    let missing = |key: &str| {
        let files = [("main.tf", service(key))];
        let all = found(&[("main.tf", &files[0].1)], &[]);
        all.iter().filter(|line| line.contains("missing-property")).count()
    };
    assert_eq!(missing("\"elb_name\""), 1);
    assert_eq!(missing("(var.key)"), 0);
}

#[test]
fn a_list_that_may_have_more_items_has_more_when_it_is_flat() {
    let subnets = |count: usize| {
        (0..count).map(|index| format!("\"subnet-{index:017}\"")).collect::<Vec<_>>().join(", ")
    };
    let service = |value: &str| {
        format!(
            "variable \"more\" {{\n  type = list(string)\n}}
resource \"aws_ecs_service\" \"web\" {{
  name            = \"web\"
  task_definition = \"web:1\"
  network_configuration {{\n    subnets = {value}\n  }}
}}
"
        )
    };
    let none = |value: &str| count(&[("main.tf", &service(value))], "no-subnets");
    assert_eq!(none("flatten([[]])"), 1);
    assert_eq!(none("flatten([concat([], var.more)])"), 0);
    assert_eq!(none("flatten([[], var.more])"), 0);
    let many = |value: &str| count(&[("main.tf", &service(value))], "too-many-subnets");
    assert_eq!(many(&format!("flatten([concat([{}], var.more)])", subnets(17))), 1);
}

#[test]
fn what_terragrunt_passes_to_a_typed_variable_keeps_its_type() {
    let module = "variable \"settings\" {\n  type = any\n}
resource \"aws_ecs_task_definition\" \"web\" {
  family                   = \"web\"
  requires_compatibilities = [\"FARGATE\"]
  network_mode             = \"awsvpc\"
  cpu                      = 256
  memory                   = var.settings.memory
  container_definitions    = jsonencode([{ name = \"web\", image = \"nginx\" }])
}
";
    let unit =
        "terraform {\n  source = \"../../modules//app\"\n}\ninputs = {\n  settings = { memory = 4096 }\n}\n";
    let files = [(".git/HEAD", ""), ("modules/app/main.tf", module), ("live/app/terragrunt.hcl", unit)];
    assert_eq!(count(&files, "fargate-cpu-memory"), 1);
}

#[test]
fn a_terragrunt_configuration_is_read_even_if_it_has_a_default() {
    let module = SIZED;
    let unit = "locals {\n  common = read_terragrunt_config(\"common.hcl\", { locals = { memory = 512 } })\n}
terraform {\n  source = \"../../modules//app\"\n}\ninputs = {\n  memory = local.common.locals.memory\n}\n";
    let files = [
        (".git/HEAD", ""),
        ("modules/app/main.tf", module),
        ("live/app/terragrunt.hcl", unit),
        ("live/app/common.hcl", "locals {\n  memory = 4096\n}\n"),
    ];
    assert_eq!(count(&files, "fargate-cpu-memory"), 1);
}

#[test]
fn a_route_table_lists_several_subnets() {
    let answers = |subnet: &str| {
        let table = r#"{ "RouteTables": [{ "RouteTableId": "rtb-1", "VpcId": "vpc-1",
  "Routes": [{ "DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active" }],
  "Associations": [{ "SubnetId": "subnet-0123456789abcdef0", "Main": false }, { "SubnetId": "subnet-0123456789abcdef1", "Main": false }] },
  { "RouteTableId": "rtb-2", "VpcId": "vpc-1", "Associations": [{ "Main": true }],
  "Routes": [{ "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active" }] }] }"#;
        let subnets = format!(
            r#"{{ "Subnets": [{{ "SubnetId": "{subnet}", "VpcId": "vpc-1", "AvailabilityZone": "eu-west-1a" }}] }}"#
        );
        let service = format!(
            r#"{{ "serviceName": "web", "taskDefinition": "web", "launchType": "FARGATE", "networkConfiguration": {{ "awsvpcConfiguration": {{
  "subnets": ["{subnet}"], "securityGroups": ["sg-1"], "assignPublicIp": "ENABLED" }} }} }}"#
        );
        count(
            &[("tables.json", table), ("subnets.json", &subnets), ("service.json", &service)],
            "public-ip-in-private-subnet",
        )
    };
    assert_eq!(answers("subnet-0123456789abcdef1"), 1);
    assert_eq!(answers("subnet-0123456789abcdef2"), 0);
}

#[test]
fn a_run_of_some_rules_does_not_forget_what_a_baseline_knows() {
    let directory = directory(&[("task.json", TASK)]);
    let path = directory.path();
    run(path, &["check", "-q", "--write-baseline", "known.json"]);
    fs::write(path.join("task.json"), TASK.replace("81", "80")).unwrap();
    let gone = |arguments: &[&str]| {
        let all = [&["check", "--baseline", "known.json"], arguments].concat();
        let (_, _, err) = run(path, &all);
        err
    };
    let whole = gone(&[]);
    assert_eq!(gone(&["--select", "no-logging"]).lines().count(), 1, "{whole}");
    assert_eq!(gone(&["--ignore", "no-logging"]).lines().count(), 1, "{whole}");
    assert!(whole.lines().count() > 1, "{whole}");
}

#[test]
fn a_service_is_whole_and_an_update_is_not() {
    let balanced =
        r#""loadBalancers": [{ "targetGroupArn": "arn:x", "containerName": "web", "containerPort": 80 }]"#;
    let missing = |service: &str| {
        let service = format!("{{ {service} {balanced} }}");
        count(&[("task.json", TASK), ("service.json", &service)], "missing-network-configuration")
    };
    assert_eq!(missing(r#""taskDefinition": "web","#), 1);
    assert_eq!(
        missing(r#""service": "web", "cluster": "main", "desiredCount": 2, "taskDefinition": "web","#),
        0
    );
}

#[test]
fn arns_of_target_groups_are_compared() {
    let arn = |name: &str| {
        format!("arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/{name}/0123456789abcdef")
    };
    let (blue, green) = (arn("blue"), arn("green"));
    let stack = |other: &str| {
        format!(
            "Resources:
  Rule:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/0123456789abcdef/0123456789abcdef
      Priority: 1
      Conditions: [{{ Field: path-pattern, Values: ['/*'] }}]
      Actions:
        - Type: forward
          ForwardConfig:
            TargetGroups:
              - {{ TargetGroupArn: '{blue}', Weight: 50 }}
              - {{ TargetGroupArn: '{other}', Weight: 50 }}
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: web:1
      DeploymentConfiguration: {{ Strategy: BLUE_GREEN, BakeTimeInMinutes: 5 }}
      LoadBalancers:
        - ContainerName: web
          ContainerPort: 80
          TargetGroupArn: {blue}
          AdvancedConfiguration:
            AlternateTargetGroupArn: {green}
            ProductionListenerRule: !Ref Rule
            RoleArn: arn:aws:iam::123456789012:role/ecs
"
        )
    };
    let foreign = |other: &str| {
        let directory = directory(&[("stack.yaml", &stack(other))]);
        let select = ["check", "-q", "--format", "concise", "--select", "blue-green-listener-rule"];
        run(directory.path(), &select).1.matches("does not belong").count()
    };
    assert_eq!(foreign(&arn("red")), 1);
    assert_eq!(foreign(&green), 0);
}

#[test]
fn a_listener_of_one_instance_does_not_serve_another() {
    let root = |key: &str| {
        format!(
            "resource \"aws_lb_target_group\" \"web\" {{
  for_each    = toset([\"a\", \"b\"])
  port        = 80
  protocol    = \"HTTP\"
  vpc_id      = \"vpc-0123456789abcdef0\"
  target_type = \"ip\"
}}
resource \"aws_lb_listener\" \"web\" {{
  load_balancer_arn = \"arn:x\"
  port              = 80
  default_action {{
    type             = \"forward\"
    target_group_arn = aws_lb_target_group.web[\"a\"].arn
  }}
}}
resource \"aws_ecs_service\" \"web\" {{
  name            = \"web\"
  task_definition = \"web:1\"
  load_balancer {{
    target_group_arn = aws_lb_target_group.web[\"{key}\"].arn
    container_name   = \"web\"
    container_port   = 80
  }}
}}
"
        )
    };
    let alone = |key: &str| count(&[("main.tf", &root(key))], "target-group-without-listener");
    assert_eq!(["a", "b"].map(alone), [0, 1]);
}

#[test]
fn a_template_that_cannot_be_read_is_reported() {
    let broken = "AWSTemplateFormatVersion: 2010-09-09\nResources: [\n  Type: AWS::ECS::Service\n";
    assert_eq!(found(&[("stack.yaml", broken)], &[]), ["stack.yaml:2:12 syntax"]);
    let notes = "title: AWSTemplateFormatVersion\nnotes: AWS::ECS::Service\ntitle: types\n";
    assert_eq!(found(&[("notes.yaml", notes)], &[]), [""; 0]);
    assert_eq!(found(&[("notes.yaml", notes)], &["notes.yaml"]), ["notes.yaml:1:1 syntax"]);
}

#[test]
fn defaults_of_a_module_on_disk_are_certain_even_next_to_a_model() {
    let root = "module \"api\" {
  source                = \"terraform-aws-modules/ecs/aws//modules/service\"
  name                  = \"api\"
  container_definitions = { api = { image = \"nginx\" } }
}
module \"web\" {\n  source = \"./web\"\n}\n";
    let module = SIZED.replace("type = number", "default = 4096");
    let directory = directory(&[("main.tf", root), ("web/main.tf", &module)]);
    let (_, output, _) =
        run(directory.path(), &["check", "-q", "--format", "concise", "--select", "fargate-cpu-memory"]);
    assert!(output.starts_with("web/main.tf:2:13: error[fargate-cpu-memory]"), "{output}");
}

#[test]
fn the_settings_of_the_command_line_are_checked_even_if_there_is_nothing_else() {
    let directory = directory(&[("own.toml", "[rules]\nno-such-rule = \"off\"\n"), ("infra/README.md", "")]);
    let (_, output, _) =
        run(directory.path(), &["check", "-q", "--format", "concise", "--config", "own.toml", "infra"]);
    assert!(output.starts_with("own.toml:2:1: warning[invalid-setting]"), "{output}");
}

#[test]
fn scenarios_are_shown_without_the_values_of_variables() {
    let settings = "[[scenario]]
name = \"blue\"
path = \"infra/\"
var_files = [\"blue.tfvars\"]
vars = { memory = 512, token = \"abc\" }
";
    let files = [("ecslint.toml", settings), ("blue.tfvars", "cpu = 256\n"), ("task.json", TASK)];
    let directory = directory(&files);
    let (_, output, _) = run(directory.path(), &["check", "--show-settings"]);
    assert_output(
        output,
        str![[r##"
# ecslint.toml, for 1 file

[[scenario]]
name = "blue"
path = ["infra/"]
var_files = ["blue.tfvars"]
# variables: memory, token

"##]],
    );
}

#[test]
fn attributes_of_a_known_form_leave_nothing_undecided() {
    let root = "variable \"tag\" {}
data \"aws_region\" \"current\" {}
resource \"aws_ecr_repository\" \"web\" {}
resource \"aws_efs_file_system\" \"web\" {}
resource \"aws_secretsmanager_secret\" \"web\" {}
resource \"aws_ecs_task_definition\" \"web\" {
  family = \"web\"
  volume {
    name = \"files\"
    efs_volume_configuration {
      file_system_id = aws_efs_file_system.web.id
    }
  }
  container_definitions = jsonencode([{
    name    = \"web\"
    memory  = 128
    image   = \"${aws_ecr_repository.web.repository_url}:TAG\"
    secrets = [
      { name = \"A\", valueFrom = \"${aws_secretsmanager_secret.web.arn}:a::\" },
      { name = \"B\", valueFrom = \"arn:aws:ssm:${data.aws_region.current.name}:123456789012:parameter/b\" }
    ]
  }])
}
";
    let undecided = |tag: &str| -> Vec<String> {
        let directory = directory(&[("main.tf", &root.replace("TAG", tag))]);
        let rules = ["invalid-image", "invalid-secret-reference", "invalid-efs-volume"];
        let select: Vec<&str> = rules.iter().flat_map(|rule| ["--select", rule]).collect();
        let (_, _, said) = run(directory.path(), &[&["check", "-q", "--show-unknown"], &*select].concat());
        said.lines().filter(|line| line.contains(" is unknown: ")).map(str::to_owned).collect()
    };
    assert_eq!(undecided("1"), [""; 0]);
    assert_eq!(undecided("${var.tag}"), ["main.tf:17:15: `var.tag` is unknown: invalid-image"]);
}
