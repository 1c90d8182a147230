//! Terragrunt: each unit is a scenario of the module that it applies.

use crate::program::{directory, run};

const MODULE: &str = "variable \"cpu\" {
  type = number
}
variable \"memory\" {
  type    = number
  default = 512
}
resource \"aws_ecs_task_definition\" \"web\" {
  family                   = \"web\"
  requires_compatibilities = [\"FARGATE\"]
  network_mode             = \"awsvpc\"
  cpu                      = var.cpu
  memory                   = var.memory
  container_definitions    = jsonencode([{ name = \"web\", image = \"nginx\" }])
}
";

const MODULE_AT: &str = "modules/app/main.tf";

/// The findings about the size of a task, without the expected values.
fn sizes(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<(&str, &str)> = files.iter().chain([&(MODULE_AT, MODULE)]).copied().collect();
    found(&files, "fargate-cpu-memory")
}

fn found(files: &[(&str, &str)], rule: &str) -> Vec<String> {
    let directory = directory(files);
    let (_, output, _) = run(directory.path(), &["check", "--select", rule, "--format", "concise"]);
    let lines = output.lines().filter(|line| line.contains(rule));
    let short = |line: &str| {
        let (start, end) = line.split_once(": expected").unwrap_or((line, ""));
        let scenario = end.rfind(" (").map(|at| &end[at..]).unwrap_or_default();
        format!("{start}{scenario}")
    };
    lines.map(short).collect()
}

fn unit(inputs: &str) -> String {
    format!("terraform {{\n  source = \"../../modules//app\"\n}}\ninputs = {{\n{inputs}\n}}\n")
}

/// The finding if the CPU is 1024 in the file at a path.
fn wrong(place: &str, scenario: &str) -> Vec<String> {
    vec![format!(
        "{place}: error[fargate-cpu-memory] 512 MiB is not a valid Fargate memory size for 1024 CPU units{scenario}"
    )]
}

#[test]
fn each_unit_is_a_scenario() {
    let (dev, prod) = (unit("  cpu = 256"), unit("  cpu    = 1024\n  memory = 512"));
    let files = [("dev/app/terragrunt.hcl", dev.as_str()), ("prod/app/terragrunt.hcl", &prod)];
    assert_eq!(sizes(&files), wrong("prod/app/terragrunt.hcl:6:12", " (in prod)"));
}

#[test]
fn the_default_of_a_variable_that_a_unit_sets_is_not_a_value() {
    let module = MODULE.replace("type = number\n}", "type = number\n  default = 1024\n}");
    let dev = unit("  cpu = 256");
    let files = [("dev/app/terragrunt.hcl", dev.as_str()), (MODULE_AT, module.as_str())];
    assert_eq!(found(&files, "fargate-cpu-memory"), [""; 0]);
}

const ROOT: &str = "locals {
  environment = read_terragrunt_config(find_in_parent_folders(\"env.hcl\"))
}
terraform {
  source = \"${get_parent_terragrunt_dir()}/modules//${basename(path_relative_to_include())}\"
}
inputs = {
  cpu    = local.environment.locals.cpu
  memory = 512
}
";

#[test]
fn included_files_are_merged() {
    let child = "include \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n}\n";
    let files = [
        ("root.hcl", ROOT),
        ("dev/env.hcl", "locals {\n  cpu = 256\n}\n"),
        ("dev/app/terragrunt.hcl", child),
        ("prod/env.hcl", "locals {\n  cpu = 1024\n}\n"),
        ("prod/app/terragrunt.hcl", child),
    ];
    assert_eq!(sizes(&files), wrong("root.hcl:9:12", " (in prod)"));
    let own = format!("{child}inputs = {{\n  memory = 2048\n}}\n");
    let files = [&files[..4], &[("prod/app/terragrunt.hcl", own.as_str())]].concat();
    assert_eq!(sizes(&files), [""; 0]);
}

#[test]
fn a_file_that_others_include_is_not_a_unit() {
    let parent =
        "terraform {\n  source = \"${get_repo_root()}/modules/app\"\n}\ninputs = {\n  cpu = 1024\n}\n";
    let child = "include {\n  path = find_in_parent_folders()\n}\ninputs = {\n  cpu = 256\n}\n";
    let files = [("live/terragrunt.hcl", parent), ("live/dev/terragrunt.hcl", child), (".git/HEAD", "")];
    assert_eq!(sizes(&files), [""; 0]);
}

#[test]
fn values_of_an_exposed_file_can_be_used() {
    let child = "include \"env\" {
  path           = find_in_parent_folders(\"env.hcl\")
  expose         = true
  merge_strategy = \"no_merge\"
}
locals {
  cpu = include.env.locals.sizes[\"app\"]
}
terraform {
  source = \"../../modules//app\"
}
inputs = {
  cpu    = local.cpu
  memory = 512
}
";
    let environment = "locals {\n  sizes = { app = 1024 }\n}\ninputs = {\n  memory = 2048\n}\n";
    let files = [("prod/env.hcl", environment), ("prod/app/terragrunt.hcl", child)];
    assert_eq!(sizes(&files), wrong("prod/app/terragrunt.hcl:14:12", ""));
}

#[test]
fn deep_merging_joins_objects() {
    let module = MODULE
        .replace(
            "variable \"cpu\" {\n  type = number\n}",
            "variable \"task\" {\n  type = object({ cpu = number, memory = number })\n}",
        )
        .replace("var.cpu", "var.task.cpu")
        .replace("var.memory", "var.task.memory");
    let root = "inputs = {\n  task = { cpu = 1024, memory = 512 }\n}\n";
    let child = |strategy: &str, cpu: &str| {
        format!(
            "include \"root\" {{\n  path = find_in_parent_folders(\"root.hcl\")\n  merge_strategy = {strategy}\n}}\n{}",
            unit(cpu)
        )
    };
    let with = |child: &str| {
        let files = [("root.hcl", root), ("prod/app/terragrunt.hcl", child), (MODULE_AT, module.as_str())];
        found(&files, "fargate-cpu-memory")
    };
    assert_eq!(with(&child("\"deep\"", "  task = { cpu = 2048 }")).len(), 1);
    assert_eq!(with(&child("\"deep\"", "  task = { memory = 2048 }")), [""; 0]);
    assert_eq!(with(&child("local.strategy", "  task = { cpu = 2048, memory = 512 }")).len(), 1);
    assert_eq!(with(&child("local.strategy", "")), [""; 0]);
}

#[test]
fn values_from_elsewhere_are_unknown() {
    let sources = [
        "get_env(\"CPU\", 1024)",
        "run_cmd(\"./cpu.sh\")",
        "jsondecode(sops_decrypt_file(\"secrets.json\")).cpu",
        "dependency.size.outputs.cpu",
        "local.missing",
        "feature.size.value",
        "values.cpu",
    ];
    for source in sources {
        let text = unit(&format!("  cpu = {source}\n  memory = 512"));
        let text = format!(
            "{text}dependency \"size\" {{\n  config_path = \"../size\"\n  mock_outputs = {{ cpu = 1024 }}\n}}\n"
        );
        assert_eq!(sizes(&[("prod/app/terragrunt.hcl", &text)]), [""; 0], "{source}");
    }
}

#[test]
fn an_include_that_is_not_found_can_set_any_variable() {
    let child = format!(
        "include \"root\" {{\n  path = find_in_parent_folders(\"root.hcl\")\n}}\n{}",
        unit("  cpu = 1024")
    );
    assert_eq!(sizes(&[("prod/app/terragrunt.hcl", &child)]), [""; 0]);
}

#[test]
fn inputs_do_not_replace_values_of_the_module_itself() {
    let prod = unit("  cpu = 1024");
    let files = [("prod/app/terragrunt.hcl", prod.as_str()), ("modules/app/terraform.tfvars", "cpu = 256\n")];
    assert_eq!(sizes(&files), [""; 0]);
}

#[test]
fn var_files_that_terragrunt_passes_replace_inputs() {
    let prod = unit("  cpu = 1024\n  memory = 2048").replace(
        "app\"\n",
        "app\"\n  extra_arguments \"vars\" {\n    commands = [\"apply\"]\n    required_var_files = [\"${get_terragrunt_dir()}/../prod.tfvars\"]\n  }\n",
    );
    let files = [("prod/app/terragrunt.hcl", prod.as_str()), ("prod/prod.tfvars", "memory = 512\n")];
    assert_eq!(sizes(&files), wrong("prod/prod.tfvars:1:10", ""));
}

#[test]
fn outputs_of_a_dependency_are_linked() {
    let service = "variable \"target_group\" {}
resource \"aws_ecs_service\" \"web\" {
  name            = \"web\"
  task_definition = aws_ecs_task_definition.web.arn
  launch_type     = \"FARGATE\"
  network_configuration {
    subnets = [\"subnet-1\"]
  }
  load_balancer {
    target_group_arn = var.target_group
    container_name   = \"web\"
    container_port   = 80
  }
}
";
    let service = format!(
        "{service}{}",
        MODULE.replace("image = \"nginx\"", "image = \"nginx\", portMappings = [{ containerPort = 80 }]")
    );
    let balancer = "variable \"kind\" {
  type = string
}
resource \"aws_lb_target_group\" \"web\" {
  port        = 80
  protocol    = \"HTTP\"
  vpc_id      = \"vpc-1\"
  target_type = var.kind
}
output \"arn\" {
  value = aws_lb_target_group.web.arn
}
";
    let app = format!(
        "{}dependency \"lb\" {{\n  config_path = \"../lb\"\n}}\n",
        unit("  target_group = dependency.lb.outputs.arn\n  cpu = 256")
    );
    let lb = |kind: &str| unit(&format!("  kind = \"{kind}\"")).replace("app", "lb");
    let (dev, prod) = (lb("ip"), lb("instance"));
    let files = [
        (MODULE_AT, service.as_str()),
        ("modules/lb/main.tf", balancer),
        ("dev/app/terragrunt.hcl", app.as_str()),
        ("dev/lb/terragrunt.hcl", dev.as_str()),
        ("prod/app/terragrunt.hcl", app.as_str()),
        ("prod/lb/terragrunt.hcl", prod.as_str()),
    ];
    let found = found(&files, "target-type-mismatch");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("prod/lb/terragrunt.hcl:5:10") && found[0].ends_with("(in prod)"),
        "{found:?}"
    );
}

#[test]
fn units_of_a_stack_have_its_values() {
    let template = "terraform {\n  source = \"${get_repo_root()}/modules//app\"\n}\ninputs = {\n  cpu    = values.cpu\n  memory = 512\n}\n";
    let stack = |cpu: u32| {
        format!(
            "locals {{\n  cpu = {cpu}\n}}\nunit \"app\" {{\n  source = \"../../units/app\"\n  path   = \"app\"\n  values = {{\n    cpu = local.cpu\n  }}\n}}\n"
        )
    };
    let (dev, prod) = (stack(256), stack(1024));
    let files = [
        ("units/app/terragrunt.hcl", template),
        ("live/dev/terragrunt.stack.hcl", dev.as_str()),
        ("live/prod/terragrunt.stack.hcl", &prod),
    ];
    assert_eq!(sizes(&files), wrong("units/app/terragrunt.hcl:6:12", " (in prod)"));
}

#[test]
fn sources_that_are_not_on_disk_are_counted_once() {
    let root = "terraform {\n  source = \"git::https://example.com/modules.git//app?ref=v1\"\n}\n";
    let child = "include \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n}\n";
    let files =
        [("root.hcl", root), ("a/terragrunt.hcl", child), ("b/terragrunt.hcl", child), (MODULE_AT, MODULE)];
    let directory = directory(&files);
    let (code, _, said) = run(directory.path(), &["check"]);
    assert!(code == 0 && said.contains("Not read: 1 module call without sources"), "{said}");
}

#[test]
fn nothing_outside_the_repository_is_read() {
    let unit = unit("  cpu = read_terragrunt_config(\"../../../outside.hcl\").locals.cpu\n  memory = 512");
    let directory = directory(&[
        ("outside.hcl", "locals {\n  cpu = 1024\n}\n"),
        ("in/.git/HEAD", ""),
        ("in/modules/app/main.tf", MODULE),
        ("in/prod/app/terragrunt.hcl", &unit),
    ]);
    let (_, output, _) = run(&directory.path().join("in"), &["check", "--select", "fargate-cpu-memory"]);
    assert_eq!(output, "");
}

#[test]
fn units_that_read_each_other_end() {
    let one = "terraform {\n  source = \"../../modules//app\"\n}\nlocals {\n  other = read_terragrunt_config(\"../two/terragrunt.hcl\")\n}\ndependency \"two\" {\n  config_path = \"../two\"\n}\ninputs = {\n  cpu = local.other.inputs.cpu\n  memory = dependency.two.outputs.memory\n}\n";
    let two = one.replace("two", "one");
    assert_eq!(sizes(&[("prod/one/terragrunt.hcl", one), ("prod/two/terragrunt.hcl", &two)]), [""; 0]);
}
