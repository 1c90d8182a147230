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
        "get_env(\"CPU\")",
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

#[test]
fn files_of_a_unit_are_copied_to_its_module() {
    let module = MODULE.replace("var.cpu", "jsondecode(file(\"sizes/app.json\")).cpu");
    let (dev, prod) = (unit("  cpu = 1"), unit("  cpu = 1"));
    let files = [
        (MODULE_AT, module.as_str()),
        ("modules/app/sizes/app.json", "{ \"cpu\": 256 }"),
        ("dev/app/terragrunt.hcl", dev.as_str()),
        ("prod/app/terragrunt.hcl", prod.as_str()),
        ("prod/app/sizes/app.json", "{ \"cpu\": 1024 }"),
    ];
    let found = found(&files, "fargate-cpu-memory");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with("for 1024 CPU units (in prod)"), "{found:?}");
}

#[test]
fn arguments_that_terragrunt_passes_replace_inputs() {
    let with = |arguments: &str| {
        let extra = format!(
            "app\"\n  extra_arguments \"vars\" {{\n    commands = [\"apply\"]\n    {arguments}\n  }}\n"
        );
        let prod = unit("  cpu = 1024\n  memory = 2048").replace("app\"\n", &extra);
        sizes(&[("prod/app/terragrunt.hcl", prod.as_str()), ("prod/prod.tfvars", "memory = 512\n")])
    };
    for arguments in [
        "arguments = [\"-var-file=../prod.tfvars\"]",
        "arguments = [\"-var-file\", \"${get_terragrunt_dir()}/../prod.tfvars\"]",
        "arguments = [\"-lock-timeout=20m\", \"-var\", \"memory=512\"]",
        "arguments = [\"-var=memory=512\"]\n    env_vars = { TF_LOG = \"debug\" }",
        "env_vars = { TF_VAR_memory = 512 }",
    ] {
        assert_eq!(with(arguments).len(), 1, "{arguments}");
    }
    for unknown in
        ["arguments = [get_env(\"ARGUMENTS\")]", "env_vars = { TF_VAR_memory = get_env(\"MEMORY\") }"]
    {
        assert_eq!(with(unknown), [""; 0], "{unknown}");
    }
    assert_eq!(with("arguments = [\"-lock=false\"]"), [""; 0]);
}

#[test]
fn a_unit_that_is_left_out_is_not_a_scenario() {
    let (dev, prod) = (unit("  cpu = 256"), unit("  cpu = 1024\n  memory = 512"));
    let skipped = |text: &str| {
        let prod = format!("{text}\n{prod}");
        sizes(&[("dev/app/terragrunt.hcl", dev.as_str()), ("prod/app/terragrunt.hcl", &prod)])
    };
    for text in ["skip = true", "exclude {\n  if = true\n  actions = [\"plan\", \"apply\"]\n}"] {
        assert_eq!(skipped(text), [""; 0], "{text}");
    }
    for text in ["skip = false", "exclude {\n  if = true\n  actions = [\"destroy\"]\n}"] {
        assert_eq!(skipped(text).len(), 1, "{text}");
    }
}

#[test]
fn units_of_a_stack_in_a_stack_have_its_values() {
    let template = "terraform {\n  source = \"${get_repo_root()}/modules//app\"\n}\ninputs = {\n  cpu    = values.cpu\n  memory = 512\n}\n";
    let service = "unit \"app\" {\n  source = \"${get_repo_root()}/units/app\"\n  path   = \"app\"\n  values = { cpu = values.size }\n}\n";
    let stack = |size: u32| {
        format!(
            "stack \"service\" {{\n  source = \"../../stacks/service\"\n  path   = \"service\"\n  values = {{ size = {size} }}\n}}\n"
        )
    };
    let (dev, prod) = (stack(256), stack(1024));
    let files = [
        (".git/HEAD", ""),
        ("units/app/terragrunt.hcl", template),
        ("stacks/service/terragrunt.stack.hcl", service),
        ("live/dev/terragrunt.stack.hcl", dev.as_str()),
        ("live/prod/terragrunt.stack.hcl", &prod),
    ];
    assert_eq!(sizes(&files), wrong("units/app/terragrunt.hcl:6:12", " (in prod)"));
}

#[test]
fn functions_of_terragrunt_are_evaluated() {
    let is_prod = |test: &str| format!("  cpu = {test} ? 1024 : 256\n  memory = 512");
    for test in [
        "get_terragrunt_dir() == \"${get_repo_root()}/prod/app\"",
        "get_path_from_repo_root() == \"prod/app\"",
        "get_path_to_repo_root() == \"../..\"",
        "basename(get_original_terragrunt_dir()) == \"app\"",
        "get_parent_terragrunt_dir() == get_terragrunt_dir()",
        "path_relative_to_include() == \".\"",
        "path_relative_from_include() == \".\"",
        "find_in_parent_folders(\"absent.hcl\", \"none\") == \"none\"",
        "basename(find_in_parent_folders(\"env.yaml\")) == \"env.yaml\"",
        "yamldecode(file(find_in_parent_folders(\"env.yaml\"))).env == \"prod\"",
        "jsondecode(read_tfvars_file(\"../x.tfvars\")).env == \"prod\"",
        "read_terragrunt_config(\"../env.hcl\").locals.env == \"prod\"",
        "read_terragrunt_config(\"../absent.hcl\", { locals = { env = \"prod\" } }).locals.env == \"prod\"",
        "file(mark_as_read(\"${get_terragrunt_dir()}/../env.yaml\")) != \"\"",
    ] {
        let text = unit(&is_prod(test));
        let files = [
            (".git/HEAD", ""),
            ("prod/env.yaml", "env: prod\n"),
            ("prod/env.hcl", "locals {\n  env = \"prod\"\n}\n"),
            ("prod/x.tfvars", "env = \"prod\"\n"),
            ("prod/app/terragrunt.hcl", text.as_str()),
        ];
        assert_eq!(sizes(&files).len(), 1, "{test}");
    }
}

#[test]
fn code_that_terragrunt_generates_can_add_to_a_module() {
    let generate = |contents: &str| {
        format!(
            "{}generate \"extra\" {{\n  path      = \"extra.tf\"\n  if_exists = \"overwrite\"\n  contents  = <<-EOF\n{contents}\n  EOF\n}}\n",
            unit("  cpu = 256")
        )
    };
    let service = "resource \"aws_ecs_service\" \"web\" {\n  name            = \"web\"\n  task_definition = aws_ecs_task_definition.web.arn\n  launch_type     = \"FARGATE\"\n  \
                   network_configuration {\n    subnets = [\"subnet-1\"]\n  }\n  load_balancer {\n    target_group_arn = aws_lb_target_group.web.arn\n    container_name   = \"web\"\n    \
                   container_port   = 80\n  }\n}\nresource \"aws_lb_target_group\" \"web\" {\n  port        = 80\n  protocol    = \"HTTP\"\n  vpc_id      = \"vpc-1\"\n  target_type = \"ip\"\n}\n";
    let module = format!("{MODULE}{service}");
    let with = |contents: &str| {
        let unit = generate(contents);
        found(
            &[(MODULE_AT, module.as_str()), ("prod/app/terragrunt.hcl", &unit)],
            "target-group-without-listener",
        )
    };
    assert_eq!(with("provider \"aws\" {}").len(), 1, "a provider adds no listener");
    assert_eq!(with("resource \"aws_lb_listener\" \"web\" {}"), [""; 0]);
}

#[test]
fn units_in_json_are_read() {
    let text = r#"{
  "terraform": { "source": "../../modules//app" },
  "include": { "root": { "path": "${find_in_parent_folders(\"root.hcl\")}" } },
  "locals": { "cpu": 1024 },
  "inputs": { "cpu": "${local.cpu}" }
}
"#;
    let root = ("root.hcl", "inputs = {\n  memory = 512\n}\n");
    let files = [(".git/HEAD", ""), root, ("prod/app/terragrunt.hcl.json", text)];
    assert_eq!(sizes(&files), wrong("root.hcl:2:12", ""));
    // Terragrunt reads the other file if there are both.
    let other = unit("  cpu = 256");
    let both = [&files[..], &[("prod/app/terragrunt.hcl", other.as_str())]].concat();
    assert!(sizes(&both).is_empty());
}

#[test]
fn fallbacks_and_merged_objects_are_values() {
    for cpu in [
        "tonumber(get_env(\"CPU\", \"1024\"))",
        "deep_merge({ size = { cpu = 256, memory = 512 } }, { size = { cpu = 1024 } }).size.cpu",
        "try(read_terragrunt_config(\"../absent.hcl\").locals.cpu, 1024)",
    ] {
        let text = unit(&format!("  cpu    = {cpu}\n  memory = 512"));
        let files = [(".git/HEAD", ""), ("prod/app/terragrunt.hcl", text.as_str())];
        assert_eq!(sizes(&files).len(), 1, "{cpu}");
    }
    for cpu in
        ["get_env(\"CPU\")", "get_env(\"CPU\", \"\")", "deep_merge({ a = [256] }, { a = [1024] }).a[1]"]
    {
        let text = unit(&format!("  cpu    = {cpu}\n  memory = 512"));
        assert!(sizes(&[("prod/app/terragrunt.hcl", text.as_str())]).is_empty(), "{cpu}");
    }
}

#[test]
fn variables_of_the_environment_of_commands_replace_inputs() {
    let text = "terraform {\n  source = \"../../modules//app\"\n  extra_arguments \"env\" {\n    commands = [\"apply\"]\n    env_vars = {\n      TF_VAR_cpu = 1024\n      OTHER      = 1\n    }\n  }\n}\ninputs = {\n  cpu    = 256\n  memory = 512\n}\n";
    assert_eq!(sizes(&[("prod/app/terragrunt.hcl", text)]), wrong("prod/app/terragrunt.hcl:13:12", ""));
}
