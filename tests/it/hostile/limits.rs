//! Limits that a repository can reach: each is reported, and ends with status 2.

use crate::program::{directory, run};

const SERVICE: &str = "resource \"aws_ecs_task_definition\" \"web\" {
  family                = \"web\"
  network_mode          = var.mode
  container_definitions = jsonencode([{ name = \"web\", image = \"nginx\", memory = 128 }])
}
variable \"mode\" {}
";

const TASK: &str = "  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      NetworkMode: !Ref Mode
      ContainerDefinitions: [{ Name: web, Image: nginx, Memory: 128 }]
";

/// The status, and the findings of a rule.
fn found(files: &[(String, String)], rule: &str) -> (i32, Vec<String>) {
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let directory = directory(&files);
    let (code, output, _) =
        run(directory.path(), &["check", "--format", "concise", "--select", "invalid-value"]);
    let wanted = format!("[{rule}] ");
    let said = output.lines().filter_map(|line| Some(line.split_once(&wanted)?.1.to_owned()));
    (code, said.collect())
}

/// The only limit that is reported.
#[track_caller]
fn assert_limit(files: &[(String, String)], message: &str) {
    assert_eq!(found(files, "limit-reached"), (2, vec![message.to_owned()]));
}

/// Everything is read, so that the wrong network mode is found.
#[track_caller]
fn assert_read(files: &[(String, String)]) {
    let (code, said) = found(files, "invalid-value");
    assert_eq!((code, said.len()), (1, 1), "{said:?}");
}

fn file(name: impl Into<String>, text: impl Into<String>) -> (String, String) {
    (name.into(), text.into())
}

/// A unit of Terragrunt that applies the module `m`, after some blocks.
fn unit(blocks: &str, mode: &str) -> String {
    format!("{blocks}terraform {{\n  source = \"../m\"\n}}\ninputs = {{\n  mode = {mode}\n}}\n")
}

#[test]
fn templates_that_nest_each_other() {
    let nested = |levels: usize| -> Vec<(String, String)> {
        let parameter = "Parameters: { Mode: { Type: String } }\nResources:\n";
        let stack = |level: usize| {
            let mode = if level == 0 { "wrong" } else { "!Ref Mode" };
            let next = level + 1;
            let properties = format!("{{ TemplateURL: s{next}.yaml, Parameters: {{ Mode: {mode} }} }}");
            let child =
                format!("  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties: {properties}\n");
            file(format!("s{level}.yaml"), format!("{parameter}{child}"))
        };
        let last = file(format!("s{levels}.yaml"), format!("{parameter}{TASK}"));
        (0..levels).map(stack).chain([last]).collect()
    };
    assert_read(&nested(5));
    assert_limit(&nested(6), "stacks are nested more than 5 levels deep; this stack is not read");
}

#[test]
fn a_template_with_hundreds_of_nested_stacks() {
    let stacks = |many: usize| {
        let properties = "Properties: { TemplateURL: child.yaml, Parameters: { Mode: awsvpc } }";
        let stack =
            |index: usize| format!("  S{index}: {{ Type: AWS::CloudFormation::Stack, {properties} }}\n");
        let root = format!("Resources:\n{}", (0..many).map(stack).collect::<String>());
        let child = format!("Parameters: {{ Mode: {{ Type: String }} }}\nResources:\n{TASK}");
        [file("root.yaml", root), file("child.yaml", child)]
    };
    assert_eq!(found(&stacks(200), "limit-reached"), (0, Vec::new()));
    assert_limit(
        &stacks(201),
        "this template has more than 200 nested stacks; this one and the later ones are not read",
    );
}

#[test]
fn a_template_whose_aliases_exceed_a_limit() {
    let aliases = |levels: usize| {
        let tens = |name: String| [name.as_str(); 10].join(", ");
        let level = |at: usize| format!("  a{at}: &a{at} [{}]\n", tens(format!("*a{}", at - 1)));
        let levels: String = (1..levels).map(level).collect();
        let start = format!("Metadata:\n  a0: &a0 [{}]\n", tens("x".to_owned()));
        [file("stack.yaml", format!("{start}{levels}Resources:\n{}", TASK.replace("!Ref Mode", "wrong")))]
    };
    assert_read(&aliases(4));
    assert_limit(&aliases(6), "this file has more than 250000 values; the rest is not read");
}

#[test]
fn a_request_in_yaml_that_is_too_large() {
    let request =
        "family: web\nnetworkMode: wrong\ncontainerDefinitions: [{ name: web, image: nginx, memory: 128 }]\n";
    let padded = |bytes: usize| [file("task.yaml", format!("{request}# {}\n", "x".repeat(bytes)))];
    assert_read(&padded(1 << 19));
    assert_limit(&padded(1 << 20), "this request in YAML is larger than 1 MiB; it is not read");
}

#[test]
fn a_template_with_a_hundred_parameter_files() {
    let parameters = "{ Mode: { Type: String }, Name: { Type: String } }";
    let template =
        format!("Parameters: {parameters}\nResources:\n{}", TASK.replace(" web\n", " !Ref Name\n"));
    let values = |index: usize| {
        let parameters = format!(r#"{{ "Mode": "awsvpc", "Name": "web{index}" }}"#);
        file(format!("p{index}.json"), format!("{{ \"Parameters\": {parameters} }}"))
    };
    let files: Vec<(String, String)> =
        [file("stack.yaml", template)].into_iter().chain((0..100).map(values)).collect();
    assert_limit(
        &files,
        "the repository has 100 sets of values for this template; only the first 64 are checked",
    );
}

#[test]
fn exports_that_depend_on_each_other() {
    let chain = |many: usize| -> Vec<(String, String)> {
        let provides = |index: usize| {
            let value = match index {
                0 => "wrong".to_owned(),
                _ => format!("!ImportValue mode{}", index - 1),
            };
            let export =
                format!("Outputs: {{ Mode: {{ Value: {value}, Export: {{ Name: mode{index} }} }} }}\n");
            file(
                format!("s{index}.yaml"),
                format!("Resources: {{ T: {{ Type: AWS::SNS::Topic }} }}\n{export}"),
            )
        };
        let last = TASK.replace("!Ref Mode", &format!("!ImportValue mode{}", many - 1));
        (0..many).map(provides).chain([file("task.yaml", format!("Resources:\n{last}"))]).collect()
    };
    assert_read(&chain(12));
    assert_limit(
        &chain(20),
        "exports of templates depend on each other more than 16 levels deep; the values of the others are unknown",
    );
}

#[test]
fn a_unit_of_terragrunt_that_includes_many_files() {
    let including = |many: usize| -> Vec<(String, String)> {
        let include = |index: usize| format!("include \"i{index}\" {{\n  path = \"../i{index}.hcl\"\n}}\n");
        let includes: String = (0..many).map(include).collect();
        let text = format!("{includes}terraform {{\n  source = \"../m\"\n}}\n");
        let mode = |index: usize| if index + 1 == many { "wrong" } else { "awsvpc" };
        let included = |index: usize| {
            file(format!("i{index}.hcl"), format!("inputs = {{ mode = \"{}\" }}\n", mode(index)))
        };
        let own = [file("u/terragrunt.hcl", text), file("m/main.tf", SERVICE)];
        own.into_iter().chain((0..many).map(included)).collect()
    };
    assert_read(&including(40));
    assert_limit(
        &including(200),
        "the unit `u` of Terragrunt reads more than 200 files, or more values than are evaluated; this file is not read",
    );
}

#[test]
fn files_of_terragrunt_that_read_each_other() {
    let chain = |many: usize| -> Vec<(String, String)> {
        let read = |index: usize| format!("read_terragrunt_config(\"../c{index}.hcl\").inputs.mode");
        let link = |index: usize| {
            let mode =
                if index + 1 == many { "\"wrong\"".to_owned() } else { read(index + 1).replace("../", "") };
            file(format!("c{index}.hcl"), format!("inputs = {{\n  mode = {mode}\n}}\n"))
        };
        let own = [file("u/terragrunt.hcl", unit("", &read(0))), file("m/main.tf", SERVICE)];
        own.into_iter().chain((0..many).map(link)).collect()
    };
    assert_read(&chain(8));
    assert_limit(
        &chain(9),
        "files of Terragrunt read each other more than 8 levels deep; this one is not read",
    );
}

#[test]
fn units_of_terragrunt_that_depend_on_each_other() {
    let module = "variable \"mode\" {}\noutput \"mode\" {\n  value = var.mode\n}\n";
    let link = |index: usize| {
        let previous = index.checked_sub(1);
        let mode = previous.map_or("\"wrong\"".to_owned(), |_| "dependency.previous.outputs.mode".to_owned());
        let block = previous
            .map(|index| format!("dependency \"previous\" {{\n  config_path = \"../u{index}\"\n}}\n"));
        let source = if index == 40 { "../m" } else { "../link" };
        let text = unit(&block.unwrap_or_default(), &mode).replace("../m", source);
        file(format!("u{index}/terragrunt.hcl"), text)
    };
    let own = [file("m/main.tf", SERVICE), file("link/main.tf", module)];
    assert_read(&own.into_iter().chain((0..=40).map(link)).collect::<Vec<_>>());
}

#[test]
fn stacks_of_terragrunt_with_many_units_and_levels() {
    let of_units = |many: usize| {
        let mode = |index: usize| if index + 1 == many { "wrong" } else { "awsvpc" };
        let unit = |index: usize| {
            let values = format!("values = {{ mode = \"{}\" }}", mode(index));
            format!("unit \"u{index}\" {{\n  source = \"./unit\"\n  path = \"u{index}\"\n  {values}\n}}\n")
        };
        let text = "terraform {\n  source = \"${get_repo_root()}/m\"\n}\ninputs = { mode = values.mode }\n";
        let stack = (0..many).map(unit).collect::<String>();
        [file("terragrunt.stack.hcl", stack), file("unit/terragrunt.hcl", text), file("m/main.tf", SERVICE)]
    };
    assert_read(&of_units(40));
    let (_, said) = found(&of_units(201), "limit-reached");
    let message = "this stack of Terragrunt has more than 200 units; the rest is not read";
    assert!(said.iter().any(|said| said == message), "{said:?}");
}
