//! Configurations as Terraform reads them: which files are used, the values of variables, and the resulting requests.

use std::path::Path;

use ecslint::engine;
use ecslint::source::{Requested, Sources, VariableInput};
use serde_json::{Value, json};
use snapbox::str;

use crate::program::{assert_output, directory, run};

/// Sources with these files, all of them found in a directory.
fn sources(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::new("/");
    for (name, text) in files {
        let file = sources.add(Path::new(name), *text);
        sources.add_input(file, Requested::Discovered);
    }
    sources
}

/// The value of a member of the only request in the files, which must have no findings.
fn member(sources: &Sources, path: &str) -> Value {
    let workspace = engine::read(sources).workspace;
    for unit in &workspace.units {
        assert_eq!((&unit.syntax_errors, &unit.rejections), (&Vec::new(), &Vec::new()));
    }
    let resources: Vec<_> = workspace.resources().collect();
    assert_eq!(resources.len(), 1, "{resources:?}");
    resources[0].request.to_json().pointer(path).cloned().unwrap_or_default()
}

const SERVICE: &str = "resource \"aws_ecs_service\" \"web\" {\n  name = var.name\n}\nvariable \"name\" {}\n";

#[test]
fn values_that_are_given_count_before_all_files() {
    let mut sources = sources(&[("main.tf", SERVICE), ("x.auto.tfvars", "name = \"auto\"\n")]);
    let file = sources.add(Path::new("prod.tfvars"), "name = \"prod\"\n");
    sources.add_variable(VariableInput::File(file));
    assert_eq!(member(&sources, "/serviceName"), "prod");
    let text = sources.keep("--var name", "cli");
    sources.add_variable(VariableInput::Value("name".into(), text));
    assert_eq!(member(&sources, "/serviceName"), "cli");
}

#[test]
fn a_list_that_is_given_is_an_expression() {
    let service = "resource \"aws_ecs_service\" \"web\" {\n  name = var.names[1]\n}\nvariable \"names\" {}\n";
    let mut sources = sources(&[("main.tf", service)]);
    let text = sources.keep("--var names", "[\"a\", \"b\"]");
    sources.add_variable(VariableInput::Value("names".into(), text));
    assert_eq!(member(&sources, "/serviceName"), "b");
}

/// A value has the optional members of its type at any depth.
#[test]
fn optional_members_are_added_at_any_depth() {
    const DEPTH: usize = 40;
    let kind = (0..DEPTH).fold("object({ name = optional(string, \"deep\") })".to_owned(), |kind, _| {
        format!("object({{ a = optional({kind}, {{}}) }})")
    });
    let text = format!(
        "variable \"all\" {{\n  type = {kind}\n  default = {{ a = {{}} }}\n}}\n\
         resource \"aws_ecs_service\" \"web\" {{\n  name = var.all{}.name\n}}\n",
        ".a".repeat(DEPTH)
    );
    assert_eq!(member(&sources(&[("main.tf", &text)]), "/serviceName"), "deep");
}

#[test]
fn terraform_json_is_read_as_hcl_is() {
    let text = r#"{
      "variable": { "tag": { "default": "1.2", "type": "string" } },
      "locals": { "family": "web" },
      "resource": { "aws_ecs_task_definition": { "web": [{
        "family": "${local.family}",
        "container_definitions": "${jsonencode([{ \"name\" = \"web\", \"image\" = \"nginx:${var.tag}\" }])}",
        "volume": { "name": "data", "host_path": "/data" },
        "lifecycle": { "ignore_changes": ["family"] }
      }] } }
    }"#;
    let sources = sources(&[("main.tf.json", text)]);
    assert_eq!(member(&sources, "/family"), "web");
    assert_eq!(member(&sources, "/containerDefinitions/0/image"), "nginx:1.2");
    assert_eq!(member(&sources, "/volumes"), json!([{ "name": "data", "host": { "sourcePath": "/data" } }]));
    let workspace = engine::read(&sources).workspace;
    let task = workspace.resources().next().unwrap();
    assert!(task.ignores("family") && !task.ignores("cpu"));
}

#[test]
fn blocks_may_be_written_as_maps() {
    let text = "resource \"aws_ecs_service\" \"web\" {\n  name = \"web\"\n  network_configuration = {\n    subnets = [\"subnet-1\"]\n  }\n}\n";
    let subnets = "/networkConfiguration/awsvpcConfiguration/subnets";
    assert_eq!(member(&sources(&[("main.tf", text)]), subnets), json!(["subnet-1"]));
}

/// A plan as `terraform show -json` prints it, with a service in a module whose target group is created in the root
/// module.
const PLAN: &str = r#"{
  "format_version": "1.2",
  "planned_values": { "root_module": {
    "resources": [
      { "address": "aws_lb_target_group.web", "mode": "managed", "type": "aws_lb_target_group", "name": "web",
        "values": { "name": "web", "port": 80, "target_type": "instance", "health_check": [] } }
    ],
    "child_modules": [{ "address": "module.web", "resources": [
      { "address": "module.web.aws_ecs_task_definition.this[0]", "mode": "managed", "type": "aws_ecs_task_definition", "name": "this", "index": 0,
        "values": { "family": "web", "network_mode": "awsvpc", "volume": [], "requires_compatibilities": ["EC2"],
          "container_definitions": "[{\"name\":\"web\",\"image\":\"nginx\",\"memory\":128,\"essential\":true,\"portMappings\":[{\"containerPort\":80}]}]" } },
      { "address": "module.web.aws_ecs_service.this[0]", "mode": "managed", "type": "aws_ecs_service", "name": "this", "index": 0,
        "values": { "name": "web", "desired_count": 1, "network_configuration": [{ "subnets": ["subnet-0123456789abcdef0"] }],
          "load_balancer": [{ "container_name": "web", "container_port": 80 }] } }
    ] }]
  } },
  "resource_changes": [
    { "address": "module.web.aws_ecs_service.this[0]",
      "change": { "after_unknown": { "id": true, "task_definition": true, "load_balancer": [{ "target_group_arn": true }] } } }
  ],
  "configuration": { "root_module": {
    "resources": [{ "address": "aws_lb_target_group.web", "mode": "managed", "type": "aws_lb_target_group", "name": "web" }],
    "module_calls": { "web": {
      "expressions": { "target_group": { "references": ["aws_lb_target_group.web.arn", "aws_lb_target_group.web"] } },
      "module": { "resources": [
        { "address": "aws_ecs_service.this", "mode": "managed", "type": "aws_ecs_service", "name": "this", "expressions": {
          "task_definition": { "references": ["aws_ecs_task_definition.this[0].arn", "aws_ecs_task_definition.this[0]"] },
          "load_balancer": [{ "target_group_arn": { "references": ["var.target_group"] } }] } }
      ] }
    } }
  } }
}"#;

#[test]
fn a_plan_is_judged_with_what_is_known_after_apply() {
    let sources = sources(&[("plan.json", PLAN)]);
    assert_eq!(engine::read(&sources).workspace.resource_count(), 3);
    let outcome = ecslint::check(&sources, &ecslint::config::RunOptions::default());
    let mut found = outcome.diagnostics.iter().filter(|found| found.rule == "target-type-mismatch");
    let labels: Vec<&str> = found.next().unwrap().labels.iter().map(|label| label.message.as_str()).collect();
    assert_output(
        labels.join("\n"),
        str![[r#"
the network mode is `awsvpc`
the service registers its tasks with this target group
in `aws_lb_target_group.web`
"#]],
    );
    assert_eq!(found.next(), None);
}

#[test]
fn modules_of_the_registry_are_known_by_their_arguments() {
    let text = r#"
module "service" {
  source  = "terraform-aws-modules/ecs/aws//modules/service"
  version = "~> 5.0"
  name    = "web"
  container_definitions = {
    web = { image = "nginx", port_mappings = [{ containerPort = 80, hostPort = 8080 }] }
  }
  load_balancer = {
    service = { target_group_arn = "arn", container_name = "api", container_port = 80 }
  }
  subnet_ids = ["subnet-1"]
}
module "task" {
  source                    = "cloudposse/ecs-alb-service-task/aws"
  container_definition_json = jsonencode([{ name = "app", image = "nginx" }])
  ecs_load_balancers        = [{ target_group_arn = "arn", container_name = "ap", container_port = 80 }]
  subnet_ids                = ["subnet-1"]
}
module "other" {
  source  = "terraform-aws-modules/vpc/aws"
}
module "cluster" {
  source        = "terraform-aws-modules/ecs/aws//modules/cluster"
  load_balancer = { service = { target_group_arn = "arn", container_name = "api", container_port = 80 } }
}
resource "aws_ecs_cluster" "main" {
  name = "main"
}
"#;
    let outcome = ecslint::check(&sources(&[("main.tf", text)]), &ecslint::config::RunOptions::default());
    let mut errors: Vec<&str> = outcome
        .diagnostics
        .iter()
        .filter(|found| found.severity == ecslint::diagnostic::Severity::Error)
        .map(|found| found.rule)
        .collect();
    errors.sort_unstable();
    assert_eq!(errors, ["load-balancer-unknown-container", "load-balancer-unknown-container"]);
    assert_eq!((outcome.unread.calls.len(), outcome.unread.modelled), (4, 4));
}

/// The network mode and the launch type are defaults of the model.
#[test]
fn an_error_that_depends_on_a_default_of_a_model_is_a_warning() {
    let service = |arguments: &str| {
        let text = format!(
            r#"
module "service" {{
  source      = "terraform-aws-modules/ecs/aws//modules/service"
  version     = "~> 5.0"
  name        = "web"
  cluster_arn = "main"
  cpu         = 256
  memory      = 4096
  subnet_ids  = ["subnet-0123456789abcdef0"]
{arguments}
}}
"#
        );
        let outcome =
            ecslint::check(&sources(&[("main.tf", &text)]), &ecslint::config::RunOptions::default());
        let found = outcome.diagnostics.iter().find(|found| found.rule == "fargate-cpu-memory");
        found.map(|found| found.severity)
    };
    assert_eq!(service(""), Some(ecslint::diagnostic::Severity::Warning));
    let given = "  requires_compatibilities = [\"FARGATE\"]\n  launch_type = \"FARGATE\"";
    assert_eq!(service(given), Some(ecslint::diagnostic::Severity::Error));
    assert_eq!(service("  requires_compatibilities = [\"EC2\"]\n  launch_type = \"EC2\""), None);
}

/// No finding is in a model: the user has no such file.
#[test]
fn no_place_is_in_a_model() {
    let text = r#"
variable "zones" {}
module "vpc" {
  source         = "terraform-aws-modules/vpc/aws"
  azs            = var.zones
  public_subnets = [for zone in var.zones : zone]
}
module "group" {
  source        = "terraform-aws-modules/security-group/aws"
  ingress_rules = ["unknown-tcp"]
  vpc_id        = module.vpc.vpc_id
}
module "ecs" {
  source   = "terraform-aws-modules/ecs/aws"
  services = { web = { cpu = var.zones, container_definitions = { a = {} }, subnet_ids = module.vpc.public_subnets } }
}
module "app" {
  source          = "cloudposse/ecs-web-app/aws"
  container_image = var.zones[0]
}
"#;
    let sources = sources(&[("main.tf", text)]);
    let outcome = ecslint::check(&sources, &ecslint::config::RunOptions::default());
    let findings = outcome.diagnostics.iter();
    let places = findings.flat_map(|found| found.labels.iter().map(|label| label.span).chain([found.span]));
    let places: Vec<_> = places.chain(outcome.inconclusive.iter().map(|check| check.span)).collect();
    assert!(!places.is_empty());
    assert!(places.iter().all(|place| !place.file.is_model()));
    let causes = outcome.inconclusive.iter().map(|check| format!("{check:?}"));
    assert_eq!(causes.filter(|cause| cause.contains("each.value") || cause.contains("try(")).count(), 0);
}

#[test]
fn a_root_is_judged_by_what_another_root_makes() {
    let network = r#"
terraform {
  backend "s3" {
    bucket = "state"
    key    = "network"
  }
}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "a" {
  vpc_id = aws_vpc.main.id
}
resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.public.id
}
output "subnet_ids" {
  value = [aws_subnet.a.id]
}
"#;
    let service = r#"
data "terraform_remote_state" "network" {
  backend = "s3"
  config  = { bucket = "state", key = "network" }
}
resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = "arn:aws:iam::123456789012:role/ecs"
  container_definitions    = jsonencode([{ name = "web", image = "nginx" }])
}
resource "aws_ecs_service" "web" {
  name            = "web"
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.web.arn
  network_configuration {
    subnets = data.terraform_remote_state.network.outputs.subnet_ids
  }
}
"#;
    let errors = |network: &str| -> Vec<&str> {
        let sources = sources(&[("network/main.tf", network), ("service/main.tf", service)]);
        let found = ecslint::check(&sources, &ecslint::config::RunOptions::default()).diagnostics;
        let errors = found.into_iter().filter(|found| found.severity == ecslint::diagnostic::Severity::Error);
        errors.map(|found| found.rule).collect()
    };
    assert_eq!(errors(network), ["no-route-to-registry"]);
    assert_eq!(errors(&network.replace("\"network\"", "\"other\"")), [""; 0]);
}

#[test]
fn files_of_a_git_submodule_may_be_absent() {
    let service = r#"
module "web" {
  source = "./shared/web"
}
module "api" {
  source = "./other/api"
}
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = file("shared/web.json")
}
resource "aws_ecs_task_definition" "api" {
  family                = "api"
  container_definitions = file("other/api.json")
}
"#;
    let modules = "[submodule \"shared\"]\n\tpath = shared\n\turl = https://example.com/shared.git\n";
    let directory = directory(&[(".git/HEAD", ""), (".gitmodules", modules), ("main.tf", service)]);
    let (code, out, _) = run(directory.path(), &["check", "--format", "concise"]);
    assert_output(
        &out,
        str![[r#"
main.tf:6:12: warning[terraform-error] the module directory "./other/api" does not exist
main.tf:14:27: warning[terraform-error] no file exists at `other/api.json`

"#]],
    );
    assert_eq!(code, 0);
}

/// A target group with a service.
const GROUP: &str = r#"
resource "aws_lb_target_group" "web" {
  port        = 80
  protocol    = "HTTP"
  vpc_id      = "vpc-12345678"
  target_type = "ip"
}
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"
  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 80
  }
}
"#;

/// A listener that forwards to the target group.
const LISTENER: &str = r#"
resource "aws_lb_listener" "web" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1"
  port              = 80
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}
"#;

#[test]
fn what_is_beyond_a_limit_is_not_missing() {
    let many =
        (0..25_100).fold("locals {\n".to_owned(), |text, at| text + &format!("  a{at} = {at}\n")) + "}\n";
    let large = (0..1_500)
        .map(|at| format!("{{\"name\":\"V{at}\",\"value\":\"{at}\"}}"))
        .collect::<Vec<_>>()
        .join(",");
    let large = format!("[{{\"name\":\"a\",\"image\":\"b\",\"memory\":128,\"environment\":[{large}]}}]");
    let tasks = "resource \"aws_ecs_task_definition\" \"a\" {\n  count = 120\n  family = \"a${count.index}\"\n  container_definitions = file(\"c.json\")\n}\n";
    for files in [
        vec![("main.tf", format!("{GROUP}{many}{LISTENER}"))],
        vec![("a.tf", format!("{GROUP}{tasks}")), ("c.json", large), ("z.tf", LISTENER.to_owned())],
    ] {
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let directory = directory(&files);
        let (code, out, _) = run(directory.path(), &["check", "--format", "concise"]);
        assert!(out.contains("[limit-reached]") && !out.contains("target-group-without-listener"), "{out}");
        assert_eq!(code, 2, "{out}");
    }
}

#[test]
fn a_listener_with_a_mistake_may_forward_to_any_target_group() {
    let text = format!("{GROUP}{}", LISTENER.replace("= 80", "= (80"));
    let directory = directory(&[("main.tf", &text)]);
    let (_, out, _) = run(directory.path(), &["check", "--format", "concise"]);
    assert!(out.contains("error[syntax]") && !out.contains("target-group-without-listener"), "{out}");
}

#[test]
fn large_json_that_is_decoded_is_a_limit_and_not_an_error_of_terraform() {
    let task = "resource \"aws_ecs_task_definition\" \"a\" {\n  family = \"a\"\n  container_definitions = jsonencode(jsondecode(file(\"big.json\")))\n}\n";
    let big = format!("[{}1]", "1,".repeat(100_100));
    let directory = directory(&[("main.tf", task), ("big.json", &big)]);
    let (_, out, _) = run(directory.path(), &["check", "--format", "concise"]);
    assert!(out.contains("[limit-reached]") && !out.contains("[terraform-error]"), "{out}");
}

#[test]
fn variables_are_read_from_a_file_whose_name_begins_with_a_dot() {
    let task = r#"variable "memory" {
  default = "9999999"
}
resource "aws_ecs_task_definition" "a" {
  family                   = "a"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = var.memory
  container_definitions    = jsonencode([{ name = "a", image = "b" }])
}
"#;
    let directory = directory(&[("main.tf", task), (".auto.tfvars", "memory = \"512\"\n")]);
    let (_, out, _) =
        run(directory.path(), &["check", "--format", "concise", "--select", "fargate-cpu-memory"]);
    assert_eq!(out, "");
}

#[test]
fn the_files_that_a_pattern_matches_are_found_on_disk() {
    let main = "resource \"aws_ecs_task_definition\" \"web\" {\n  for_each = fileset(path.module, \"tasks/*.json\")\n  \
                family = trimsuffix(basename(each.key), \".json\")\n  container_definitions = file(each.key)\n}\n";
    let container = r#"[{ "name": "web", "image": "nginx", "memory": "128" }]"#;
    let files = [
        ("main.tf", main),
        ("tasks/a.json", container),
        ("tasks/deep/b.json", container),
        ("tasks/c.txt", ""),
    ];
    let directory = directory(&files);
    let (_, out, _) = run(directory.path(), &["check", "--format", "concise", "main.tf"]);
    assert_output(
        out,
        str![[r#"
tasks/a.json:1:47: error[wrong-type] `memory` must be a number (got the string "128")

"#]],
    );
}

#[test]
fn a_data_source_leads_to_the_resource_whose_name_it_gets() {
    let cluster = |source: &str| {
        let text = format!(
            "resource \"aws_ecs_cluster\" \"web\" {{\n  name = \"web\"\n}}\ndata \"aws_ecs_cluster\" \"web\" {{\n  cluster_name = {source}\n}}\n\
             resource \"aws_ecs_service\" \"web\" {{\n  name    = \"web\"\n  cluster = data.aws_ecs_cluster.web.arn\n}}\n"
        );
        let workspace = engine::read(&sources(&[("main.tf", &text)])).workspace;
        let mut resources = workspace.resources();
        let service = resources.find(|found| found.request.get("serviceName").is_some()).unwrap();
        service.request.to_json()["cluster"].to_string()
    };
    assert!(cluster("aws_ecs_cluster.web.name").contains("\"aws_ecs_cluster.web.arn\""));
    // It is read before the resource is created, so it is another one.
    assert!(cluster("\"web\"").contains("\"data.aws_ecs_cluster.web.arn\""));
}

const UNDECLARED: &str =
    "variable \"nme\" {}\nresource \"aws_ecs_service\" \"web\" {\n  name = var.name\n}\n";

/// Whether `var.name`, which no file declares, and which is like another name, is reported in a directory with some more files.
fn reports_undeclared(path: &str, others: &[(&str, &str)]) -> bool {
    let directory = directory(&[&[(path, UNDECLARED)], others].concat());
    let (_, output, _) = run(directory.path(), &["check", "--select", "terraform-error"]);
    output.contains("`var.name` is not declared in this module")
}

#[test]
fn names_can_be_declared_in_files_that_are_not_there() {
    assert!(reports_undeclared("prod/main.tf", &[]));
    let hidden = [
        ("prod/variables.tf.j2", "variable \"name\" {}\n"),
        ("prod/variables.tf.example", "variable \"name\" {}\n"),
        (".gitignore", "prod/variables.tf\n"),
        ("prod/.gitignore", "*.tf\n!main.tf\n"),
        ("prod/broken.tf", "resource \"aws_ecs_cluster\" {\n"),
        (
            "prod/terragrunt.hcl",
            "generate \"all\" {\n  path     = \"all.tf\"\n  contents = \"variable \\\"name\\\" {}\"\n}\n",
        ),
        (
            "live/terragrunt.hcl",
            "terraform {\n  source = get_env(\"SOURCE\")\n}\ngenerate \"all\" {\n  path     = \"all.tf\"\n  contents = \"variable \\\"name\\\" {}\"\n}\n",
        ),
    ];
    for other in hidden {
        assert!(!reports_undeclared("prod/main.tf", &[other]), "{other:?}");
    }
    let other = [
        (".gitignore", "*.tfvars\n*_override.tf\ndev/variables.tf\n"),
        ("dev/variables.tf", "variable \"name\" {}\n"),
        ("prod/terraform.tfvars", "name = \"web\"\n"),
        (
            "dev/terragrunt.hcl",
            "generate \"aws\" {\n  path     = \"aws.tf\"\n  contents = \"provider \\\"aws\\\" {}\"\n}\n",
        ),
    ];
    for other in other {
        assert!(reports_undeclared("prod/main.tf", &[other]), "{other:?}");
    }
}
