//! The command line, with the program as a process.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use snapbox::str;

use crate::program::{BROKEN, CLEAN, assert_output, directory, ecslint, printed, run, session};

#[test]
fn a_trailing_comma_is_reported_and_fails_the_run() {
    let directory = directory(&[("task.json", BROKEN)]);
    assert_output(
        session(directory.path(), &["check", "--format", "concise"]),
        str![[r#"
$ ecslint check --format concise
task.json:4:37: error[syntax] trailing commas are not allowed in JSON
2> Checked 1 file: 1 error, 0 warnings.
2> --fix can fix 1 finding.
status 1

"#]],
    );
}

#[test]
fn a_path_without_a_command_is_checked() {
    let directory = directory(&[("infra/task.json", BROKEN)]);
    let concise = ["infra", "--format", "concise"];
    let said = [&concise[..], &["nowhere/"], &["chekc"], &["help", "chekc"]]
        .map(|arguments| session(directory.path(), arguments));
    assert_output(
        said.concat(),
        str![[r#"
$ ecslint infra --format concise
infra/task.json:4:37: error[syntax] trailing commas are not allowed in JSON
2> Checked 1 file: 1 error, 0 warnings.
2> --fix can fix 1 finding.
status 1
$ ecslint nowhere/
2> ecslint: nowhere/: no such file
status 2
$ ecslint chekc
2> ecslint: unknown command or path `chekc`; did you mean `check`?
status 2
$ ecslint help chekc
2> ecslint: unknown command `chekc`; did you mean `check`?
status 2

"#]],
    );
    let (code, help, _) = run(directory.path(), &["help", "check"]);
    assert_eq!((code, help), (0, run(directory.path(), &["check", "--help"]).1));
    assert_eq!(run(directory.path(), &["help"]).1, run(directory.path(), &["--help"]).1);
}

#[test]
fn settings_are_checked_even_if_there_is_nothing_else() {
    let directory =
        directory(&[(".git/HEAD", ""), ("infra/notes.md", ""), ("ecslint.toml", "exclude = 1\n")]);
    let said = [&["check", "infra"][..], &["check", "-q"]]
        .map(|arguments| session(directory.path(), &[arguments, &["--format", "concise"]].concat()));
    assert_output(
        said.concat(),
        str![[r#"
$ ecslint check infra --format concise
ecslint.toml:1:11: error[invalid-setting] expected a string
2> ecslint: not everything was checked: settings are invalid (`invalid-setting`)
2> No ECS configuration found: nothing was checked (0 files searched).
status 2
$ ecslint check -q --format concise
ecslint.toml:1:11: error[invalid-setting] expected a string
2> ecslint: not everything was checked: settings are invalid (`invalid-setting`)
status 2

"#]],
    );
}

#[test]
fn standard_input_goes_by_the_name_it_is_given() {
    let directory = directory(&[]);
    let mut command = ecslint(
        directory.path(),
        &["check", "-", "--stdin-filename", "ecs/task.json", "--format", "concise"],
    );
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(BROKEN.as_bytes()).unwrap();
    assert_output(
        printed(&child.wait_with_output().unwrap()),
        str![[r#"
ecs/task.json:4:37: error[syntax] trailing commas are not allowed in JSON
2> Checked 1 file: 1 error, 0 warnings.
2> --fix can fix 1 finding.
status 1

"#]],
    );
}

#[test]
fn what_cannot_be_checked_is_said_in_one_line() {
    let directory =
        directory(&[("empty.json", ""), ("package.json", "{ \"name\": \"x\" }"), ("notes/readme.md", "")]);
    fs::write(directory.path().join("binary.json"), [0, 159, 146, 150]).unwrap();
    let said = ["missing.json", "binary.json", "empty.json", "package.json"]
        .map(|path| session(directory.path(), &["check", "-q", path]));
    assert_output(
        said.concat(),
        str![[r#"
$ ecslint check -q missing.json
2> ecslint: missing.json: no such file
status 2
$ ecslint check -q binary.json
2> ecslint: binary.json: not UTF-8 text
status 2
$ ecslint check -q empty.json
2> ecslint: empty.json: the file is empty
$ ecslint check -q package.json
2> ecslint: package.json: no ECS configuration found

"#]],
    );
    assert_output(
        session(directory.path(), &["check", "notes"]),
        str![[r#"
$ ecslint check notes
2> No ECS configuration found: nothing was checked (0 files searched).

"#]],
    );
}

#[test]
fn broken_files_are_findings_and_hide_nothing_else() {
    let terraform = "resource \"aws_ecs_service\" \"web\" {\n  name = = \"web\"\n  task_definition = \"web\"\n  deployment_circuit_breaker {\n    enable = true\n  }\n}\n";
    let directory = directory(&[("a.json", "pwn.js"), ("main.tf", terraform), ("task.json", BROKEN)]);
    let said = session(directory.path(), &["check", "-q", "--format", "concise", ".", "a.json"]);
    assert_output(
        said,
        str![[r#"
$ ecslint check -q --format concise . a.json
a.json:1:1: error[syntax] `pwn.js` is not a valid JSON value
main.tf:2:10: error[syntax] expected a value, found `=`
main.tf:4:3: error[missing-property] `deployment_circuit_breaker` has no `rollback`, which the AWS provider requires
task.json:4:37: error[syntax] trailing commas are not allowed in JSON
status 1

"#]],
    );
}

#[test]
fn warnings_fail_a_run_only_if_asked_to() {
    let heap = r#"{ "family": "web", "containerDefinitions": [{ "name": "web", "image": "web:1", "memory": 512,
        "environment": [{ "name": "JAVA_TOOL_OPTIONS", "value": "-Xmx2g" }] }] }"#;
    let directory = directory(&[("heap.json", heap), ("task.json", BROKEN)]);
    let code = |arguments: &[&str]| run(directory.path(), &[&["check", "-q"], arguments].concat()).0;
    assert_eq!(code(&["heap.json"]), 0);
    assert_eq!(code(&["heap.json", "--fail-on", "warning"]), 1);
    assert_eq!(code(&["heap.json", "--fail-on", "warning", "--ignore", "reliability"]), 0);
    assert_eq!(code(&["task.json", "--fail-on", "never"]), 0);
    assert_eq!(code(&["task.json", "--select", "reliability"]), 0);
}

#[test]
fn variables_are_given_on_the_command_line() {
    let service = "variable \"many\" {\n  type = number\n}\nresource \"aws_ecs_service\" \"web\" {\n  name = \"web\"\n  desired_count = var.many\n}\n";
    let directory = directory(&[("main.tf", service), ("prod.tfvars", "many = 3\n")]);
    let (code, out, _) = run(directory.path(), &["show", "--var-file", "prod.tfvars"]);
    assert!(code == 0 && out.contains("\"desiredCount\": 3"), "{out}");
    let (_, out, _) = run(directory.path(), &["show", "--var-file", "prod.tfvars", "--var", "many=4"]);
    assert!(out.contains("\"desiredCount\": 4"), "{out}");
    let said = [
        session(directory.path(), &["check", "--var-file", "none.tfvars"]),
        session(directory.path(), &["check", "--var", "many"]),
    ];
    assert_output(
        said.concat(),
        str![[r#"
$ ecslint check --var-file none.tfvars
2> ecslint: --var-file none.tfvars: no such file
status 2
$ ecslint check --var many
2> ecslint: --var: expected NAME=VALUE
status 2

"#]],
    );
}

#[test]
fn nothing_is_shown_of_what_cannot_be_read() {
    let directory = directory(&[]);
    assert_output(
        session(directory.path(), &["show", "nothere"]),
        str![[r#"
$ ecslint show nothere
2> ecslint: nothere: no such file
status 2

"#]],
    );
}

#[test]
fn requests_are_shown_with_what_is_unknown() {
    let terraform = r#"
variable "port" {}
resource "aws_ecs_task_definition" "web" {
  family                = "web-${var.stage}"
  container_definitions = jsonencode([{ name = "web", cpu = 1, portMappings = [{ containerPort = var.port }] }])
}
"#;
    let directory = directory(&[("main.tf", terraform)]);
    assert_output(
        session(directory.path(), &["show"]),
        str![[r#"
$ ecslint show
[
  {
    "action": "ecs:RegisterTaskDefinition",
    "address": "aws_ecs_task_definition.web",
    "at": "main.tf:3:1",
    "request": {
      "containerDefinitions": [
        {
          "cpu": 1,
          "name": "web",
          "portMappings": [
            {
              "containerPort": {
                "$unknown": "var.port"
              }
            }
          ]
        }
      ],
      "family": {
        "$unknown": "web-${var.stage}"
      }
    }
  }
]

"#]],
    );
}

#[test]
fn unknown_values_are_listed_on_request() {
    let terraform = "resource \"aws_ecs_task_definition\" \"web\" {\n  network_mode = var.mode\n}\n";
    let directory = directory(&[("main.tf", terraform)]);
    let arguments = ["check", "-q", "--show-unknown", "--select", "awsvpc-port-mismatch"];
    assert_output(
        session(directory.path(), &arguments),
        str![[r#"
$ ecslint check -q --show-unknown --select awsvpc-port-mismatch
2>     1 undecided without `var.mode`: set it with --var or in a var file
2> main.tf:2:18: `var.mode` is unknown: awsvpc-port-mismatch

"#]],
    );
}

#[test]
fn what_git_ignores_is_passed_over_and_a_named_file_is_not() {
    let directory =
        directory(&[(".gitignore", "build/\n"), ("build/task.json", BROKEN), ("task.json", CLEAN)]);
    assert_eq!(run(directory.path(), &["check", "-q"]).0, 0);
    assert_eq!(run(directory.path(), &["check", "-q", "build/task.json"]).0, 1);
}

#[test]
fn a_run_that_checks_nothing_can_fail() {
    let empty = directory(&[("a.txt", "")]);
    assert_eq!(run(empty.path(), &["check"]).0, 0);
    assert_eq!(run(empty.path(), &["check", "--fail-on-empty"]).0, 3);
    let full = directory(&[(
        "service.json",
        r#"{ "serviceName": "web", "taskDefinition": "web", "desiredCount": 1 }"#,
    )]);
    assert_eq!(run(full.path(), &["check", "--fail-on-empty"]).0, 0);
}

#[test]
fn formats_that_are_not_read_are_named() {
    let files = [
        ("copilot/api/manifest.yml", "name: api\n"),
        ("ecs-params.yml", "version: 1\n"),
        ("docker-compose.yml", "x-aws-vpc: vpc-1\n"),
        ("other/docker-compose.yml", "services: {}\n"),
        ("task.jsonnet", "{ containerDefinitions: [] }\n"),
        ("app/cdk.json", "{}\n"),
    ];
    let directory = directory(&files);
    let (_, _, err) = run(directory.path(), &["check"]);
    let named: Vec<&str> = err.lines().filter(|line| line.starts_with("Not checked: ")).collect();
    assert_eq!(
        named,
        [
            "Not checked: app/cdk.json (AWS CDK); run `cdk synth` and check `cdk.out`.",
            "Not checked: copilot/api/manifest.yml (AWS Copilot); check the output of `copilot svc package`.",
            "Not checked: docker-compose.yml (Docker Compose for ECS); check the output of `docker compose convert`.",
            "Not checked: ecs-params.yml (ecs-cli); check the output of `aws ecs describe-task-definition`.",
            "Not checked: task.jsonnet (Jsonnet); check the output of `jsonnet`.",
        ]
    );
    let (_, report, _) = run(directory.path(), &["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["summary"]["unread"]["files"].as_array().unwrap().len(), 5);
}

#[test]
fn the_summary_says_how_much_was_not_seen() {
    let module = |name: &str, source: &str| format!("module \"{name}\" {{\n  source = \"{source}\"\n}}\n");
    let unread =
        module("web", "git::https://example.com/ecs-service.git") + &module("db", "example.com/a/b/c");
    let modelled = module("vpc", "terraform-aws-modules/vpc/aws")
        + "resource \"aws_ecs_cluster\" \"main\" {\n  name = \"main\"\n}\n";
    let directory = directory(&[("a/main.tf", &unread), ("b/main.tf", &modelled)]);
    let said = ["a", "b", "."].map(|path| session(directory.path(), &["check", path]));
    assert_output(
        said.concat(),
        str![[r#"
$ ecslint check a
2> Checked 1 file: 0 errors, 0 warnings.
2> Not read: 1 module call without sources on disk, probably with most ECS resources of a; run `terraform init` to download them.
$ ecslint check b
2> Checked 1 file: 0 errors, 0 warnings.
2> Not read: 1 module call without sources on disk (replaced by models); run `terraform init` to download them.
$ ecslint check .
2> Checked 2 files: 0 errors, 0 warnings.
2> Not read: 2 module calls without sources on disk (1 replaced by models), probably with most ECS resources of a; run `terraform init` to download them.

"#]],
    );
}
