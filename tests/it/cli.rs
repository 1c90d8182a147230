//! The command line, as a process.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use snapbox::str;

use crate::program::{BROKEN, CLEAN, assert_output, directory, ecslint, printed, run, session, text};

#[test]
fn a_trailing_comma_is_reported_and_fails_the_run() {
    let directory = directory(&[("task.json", BROKEN)]);
    assert_output(
        session(directory.path(), &["check", "--format", "concise"]),
        str![[r#"
$ ecslint check --format concise
task.json:4:37: error[syntax] a comma with nothing behind it
2> Checked 1 file: 1 error, 0 warnings.
2> --fix can fix 1.
status 1

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
ecs/task.json:4:37: error[syntax] a comma with nothing behind it
2> Checked 1 file: 1 error, 0 warnings.
2> --fix can fix 1.
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
2> ecslint: empty.json: is empty
$ ecslint check -q package.json
2> ecslint: package.json: holds no ECS configuration

"#]],
    );
    assert_output(
        session(directory.path(), &["check", "notes"]),
        str![[r#"
$ ecslint check notes
2> No ECS configuration found.

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
a.json:1:1: error[syntax] `pwn.js` is no JSON value
main.tf:2:10: error[syntax] expected a value, found `=`
task.json:4:37: error[syntax] a comma with nothing behind it
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
fn a_rule_that_does_not_exist_is_a_usage_error() {
    let directory = directory(&[]);
    let said = [
        session(directory.path(), &["check", "--select", "fargate-network-mod"]),
        session(directory.path(), &["explain", "x"]),
    ];
    assert_output(
        said.concat(),
        str![[r#"
$ ecslint check --select fargate-network-mod
2> ecslint: there is no rule or category `fargate-network-mod`; did you mean `fargate-network-mode`?
status 2
$ ecslint explain x
2> ecslint: there is no rule `x`; `ecslint rules` lists them all
status 2

"#]],
    );
    assert_eq!(run(directory.path(), &["check", "--no-such-flag"]).0, 2);
}

#[test]
fn a_page_is_shown_as_it_is_written() {
    let directory = directory(&[]);
    let (code, out, _) = run(directory.path(), &["explain", "fargate-network-mode"]);
    let (header, text) = out.split_once("\n\n").unwrap();
    assert_eq!(code, 0);
    assert_output(
        header,
        str![[r#"
fargate-network-mode: a Fargate task definition whose network mode is not `awsvpc`
correctness, error, since 0.1.0
"#]],
    );
    let page = ecslint::rules::find("fargate-network-mode").unwrap().text();
    assert!(page.trim_end().ends_with(text.trim_end()), "{text}");
}

#[test]
fn an_error_of_aws_leads_to_the_rule_that_finds_its_cause() {
    let directory = directory(&[]);
    let answers = [
        ("Fargate requires that 'cpu' be defined at the task level.", "fargate-task-size-missing"),
        ("Unknown volume 'scratch'.", "unknown-volume"),
        (
            "Error: failed creating ECS Task Definition (api): ClientException: When networkMode=host, the host ports and \
             container ports in port mappings must match.",
            "host-port-mismatch",
        ),
        (
            "│ Error: creating ECS Service (api): operation error ECS: CreateService, https response error StatusCode: \
             400, RequestID: 1b, InvalidParameterException: The target group with targetGroupArn\n│ \
             arn:aws:elasticloadbalancing:eu-north-1:123456789012:targetgroup/api/0123456789abcdef does not have an\n│ \
             associated load balancer.\n│ \n│   with aws_ecs_service.api,",
            "target-group-without-listener",
        ),
        (
            "An error occurred (InvalidParameterException) when calling the CreateService operation: The container \
             sidecar did not have a container port 9000 defined.",
            "load-balancer-unknown-port",
        ),
        (
            "Resource handler returned message: \"Invalid request provided: Create TaskDefinition: Invalid \
             'containerPort' setting for container 'api'. (Service: AmazonECS; Status Code: 400; Error Code: \
             ClientException; Request ID: 1b; Proxy: null)\"",
            "invalid-port",
        ),
        (
            "Unknown parameter in containerDefinitions[3].healthCheck: \"intervall\", must be one of: command, interval, \
             timeout, retries, startPeriod",
            "unknown-property",
        ),
    ];
    for (answer, rule) in answers {
        let (code, out, err) = run(directory.path(), &["explain", answer]);
        assert_eq!((code, out.split(':').next().unwrap()), (0, rule), "{answer}: {err}");
    }
    let (code, out, _) =
        run(directory.path(), &["explain", "Fargate", "only", "supports", "network", "mode", "awsvpc"]);
    assert!(code == 0 && out.starts_with("fargate-network-mode: "), "{out}");
    assert_output(
        session(directory.path(), &["explain", "it does not work"]),
        str![[r#"
$ ecslint explain it does not work
2> ecslint: no rule's page quotes that answer; `ecslint rules` lists them all
status 2

"#]],
    );
}

#[test]
fn all_rules_are_listed() {
    let directory = directory(&[]);
    let (_, human, _) = run(directory.path(), &["rules"]);
    let (_, json, _) = run(directory.path(), &["rules", "--format", "json"]);
    let entries: Vec<Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(entries.len(), human.lines().count());
    assert_eq!(entries.len(), ecslint::rules::RULES.len());
    let fix = |name: &str| &entries.iter().find(|entry| entry["name"] == name).unwrap()["fix"];
    assert_eq!(*fix("wrong-type"), "safe");
    assert_eq!(*fix("unknown-volume"), "unsafe");
    assert_eq!(*fix("no-essential-container"), Value::Null);
    let line = human.lines().find(|line| line.starts_with("unknown-volume ")).unwrap();
    assert!(line.contains(" unsafe fix "), "{line}");
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
2> main.tf:2:18: `var.mode` is not known: awsvpc-port-mismatch

"#]],
    );
}

#[test]
fn colours_come_only_when_they_are_wanted() {
    let directory = directory(&[("task.json", BROKEN)]);
    let coloured = |name: &str, value: &str, arguments: &[&str]| {
        let mut command = ecslint(directory.path(), arguments);
        text(&command.env(name, value).output().unwrap()).1.contains('\u{1b}')
    };
    assert!(!coloured("TERM", "xterm", &["check"]));
    assert!(coloured("FORCE_COLOR", "1", &["check"]));
    assert!(coloured("NO_COLOR", "1", &["check", "--color", "always"]));
    assert!(!coloured("FORCE_COLOR", "1", &["check", "--color", "never"]));
    let mut command = ecslint(directory.path(), &["check"]);
    let (_, out, _) = text(&command.env("NO_COLOR", "0").env("FORCE_COLOR", "1").output().unwrap());
    assert!(!out.contains('\u{1b}'));
}

#[test]
fn links_come_only_where_a_terminal_knows_them() {
    let directory = directory(&[("task.json", BROKEN)]);
    let linked = |value: &str| {
        let mut command = ecslint(directory.path(), &["check", "--color", "always"]);
        text(&command.env("FORCE_HYPERLINK", value).output().unwrap()).1.contains("\u{1b}]8;;")
    };
    assert!(!linked("0"));
    assert!(linked("1"));
}

#[test]
fn what_a_user_wrote_cannot_command_the_terminal() {
    let task = r#"{ "family": "web", "containerDefinitions": [{ "name": "web", "image": "nginx", "memory": 128,
        "mountPoints": [{ "sourceVolume": "a\u001b[31m\nb", "containerPath": "/x" }] }] }"#;
    let directory = directory(&[("a\n\u{1b}.json", task)]);
    let select = ["--select", "unknown-volume"];
    let said = ["human", "concise"]
        .map(|format| session(directory.path(), &[&["check", "--format", format], &select[..]].concat()));
    assert!(!said.concat().contains('\u{1b}'));
    assert_output(
        said.concat(),
        str![[r#"
$ ecslint check --format human --select unknown-volume
unknown-volume (https://github.com/ecslint/ecslint/blob/main/rules/unknown-volume.md)

  × container `web` mounts volume `a\u{1b}[31m\nb`, which the task definition does not have
   ╭─[a\n\u{1b}.json:2:43]
 1 │ { "family": "web", "containerDefinitions": [{ "name": "web", "image": "nginx", "memory": 128,
   ·             ──┬──
   ·               ╰── this task definition
 2 │         "mountPoints": [{ "sourceVolume": "a\u001b[31m\nb", "containerPath": "/x" }] }] }
   ·                                           ────────────────
   ╰────
  help: declare it in the task definition's `volumes`

2> Checked 1 file: 1 error, 0 warnings.
status 1
$ ecslint check --format concise --select unknown-volume
a\n\u{1b}.json:2:43: error[unknown-volume] container `web` mounts volume `a\u{1b}[31m\nb`, which the task definition does not have
2> Checked 1 file: 1 error, 0 warnings.
status 1

"#]],
    );
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let directory = directory(&[]);
    assert_eq!(unread(directory.path(), &["explain", "syntax"]), (0, String::new()));
    assert_eq!(unread(directory.path(), &["--help"]), (0, String::new()));
    fs::write(directory.path().join("task.json"), BROKEN).unwrap();
    assert_eq!(unread(directory.path(), &["check", "-q"]), (1, String::new()));
}

/// What a run comes to whose standard output nobody reads, and what it says of it.
fn unread(directory: &Path, arguments: &[&str]) -> (i32, String) {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = ecslint(directory, arguments).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
    let (code, _, err) = text(&output.wait_with_output().unwrap());
    (code, err)
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_a_failure() {
    let directory = directory(&[("task.json", BROKEN)]);
    let full = fs::File::create("/dev/full").unwrap();
    let output = ecslint(directory.path(), &["check", "-q"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_git_ignores_is_passed_over_and_a_named_file_is_not() {
    let directory =
        directory(&[(".gitignore", "build/\n"), ("build/task.json", BROKEN), ("task.json", CLEAN)]);
    assert_eq!(run(directory.path(), &["check", "-q"]).0, 0);
    assert_eq!(run(directory.path(), &["check", "-q", "build/task.json"]).0, 1);
}

#[test]
fn nothing_outside_of_the_repository_is_read() {
    let outside = directory(&[("secret.json", BROKEN)]);
    let secret = outside.path().join("secret.json");
    let terraform = format!(
        "resource \"aws_ecs_task_definition\" \"web\" {{\n  family = \"web\"\n  container_definitions = file({:?})\n}}\n",
        secret.display().to_string()
    );
    let inside = directory(&[("main.tf", &terraform)]);
    let said = session(inside.path(), &["check", "-q", "--format", "concise"]);
    assert_output(
        said.replace(&*outside.path().to_string_lossy(), "OUTSIDE"),
        str![[r#"
$ ecslint check -q --format concise
main.tf:3:27: warning[terraform-error] `OUTSIDE/secret.json` is not read here: outside of the directories being checked

"#]],
    );
}

#[test]
fn completions_and_manual_pages_name_every_option() {
    let directory = directory(&[]);
    for shell in ["bash", "elvish", "fish", "nushell", "powershell", "zsh"] {
        let (code, out, _) = run(directory.path(), &["completions", shell]);
        assert!(code == 0 && out.contains("write-baseline"), "{shell}: {out}");
    }
    let script = "source <(\"$0\" completions bash) && complete -p ecslint";
    let bash = Command::new("bash").args(["-c", script, env!("CARGO_BIN_EXE_ecslint")]).output().unwrap();
    assert!(text(&bash).1.contains("-F _ecslint"), "{bash:?}");
    assert!(run(directory.path(), &["man"]).1.contains(".TH ecslint 1"));
    let (code, out, _) = run(directory.path(), &["man", "check"]);
    assert!(code == 0 && out.contains("write\\-baseline"), "{out}");
    assert_output(
        session(directory.path(), &["man", "chek"]),
        str![[r#"
$ ecslint man chek
2> ecslint: there is no command `chek`; did you mean `check`?
status 2

"#]],
    );
}
