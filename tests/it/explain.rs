//! What the program says of itself: rules, their pages, completions and manual pages.

use std::process::Command;

use serde_json::Value;
use snapbox::{file, str};

use crate::program::{assert_output, directory, run, session, text};

#[test]
fn each_command_has_its_help() {
    let directory = directory(&[]);
    let commands =
        ["", "check", "explain", "rules", "show", "graph", "init", "lsp", "completions", "man", "help"];
    let help = commands.map(|command| {
        let arguments: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        session(directory.path(), &arguments)
    });
    assert_output(help.join("\n"), file!["help.txt"]);
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
2> ecslint: unknown rule or category `fargate-network-mod`; did you mean `fargate-network-mode`?
status 2
$ ecslint explain x
2> ecslint: unknown rule `x`; run `ecslint rules` for a list
status 2

"#]],
    );
    assert_eq!(run(directory.path(), &["check", "--no-such-flag"]).0, 2);
}

#[test]
fn a_page_is_shown_as_text() {
    let directory = directory(&[]);
    let (code, out, _) = run(directory.path(), &["explain", "fargate-network-mode"]);
    let (header, text) = out.split_once("\n\n").unwrap();
    assert_eq!(code, 0);
    assert_output(
        header,
        str![[r#"
fargate-network-mode: unsupported network mode on Fargate
correctness, error, since 0.1.0
"#]],
    );
    for part in [
        "\nReported\n",
        "\n  | Fargate only supports network mode 'awsvpc'.\n",
        "\n    task.json:2:13 error[",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!text.contains("```"), "{text}");
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
No known error of AWS is exactly this one. The closest are:

  unknown-dependency: unknown container in a dependency or link
  > Cannot depend on container + … because it does not exist

`ecslint explain RULE` shows the page of a rule.

"#]],
    );
}

#[test]
fn an_error_that_is_only_similar_leads_to_candidates() {
    let directory = directory(&[]);
    assert_output(
        session(directory.path(), &["explain", "EFS IAM authorization requires a task role."]),
        str![[r#"
$ ecslint explain EFS IAM authorization requires a task role.
No known error of AWS is exactly this one. The closest are:

  efs-transit-encryption-required: EFS volume without the required encryption in transit
  > EFS IAM authorization requires TransitEncryption to be enabled

`ecslint explain RULE` shows the page of a rule.

"#]],
    );
}

#[test]
fn an_error_that_files_cannot_show_has_its_reason() {
    let directory = directory(&[]);
    assert_output(
        session(directory.path(), &["explain", "ClientException: TaskDefinition is inactive"]),
        str![[r#"
$ ecslint explain ClientException: TaskDefinition is inactive
AWS returns this error if the revision of the task definition was deregistered.
No rule can find it before you deploy: only the account shows which revisions were deregistered.

"#]],
    );
}

#[test]
fn rules_are_listed_by_category_and_filtered() {
    let directory = directory(&[]);
    assert_output(
        session(directory.path(), &["rules", "--fixable", "--select", "pedantic,unknown-volume"]),
        str![[r#"
$ ecslint rules --fixable --select pedantic,unknown-volume
correctness (error): AWS rejects it, or the tasks cannot start or become healthy
  unknown-volume unsafe unknown volume in a mount point

pedantic (off): good practice
  unused-volume  unsafe unused volume

"#]],
    );
    assert_output(
        session(directory.path(), &["rules", "--select", "pedantik"]),
        str![[r#"
$ ecslint rules --select pedantik
2> ecslint: unknown rule or category `pedantik`; did you mean `pedantic`?
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
    let rows = human.lines().filter(|line| line.starts_with("  "));
    assert_eq!(entries.len(), rows.count());
    assert_eq!(entries.len(), ecslint::rules::RULES.len());
    let fix = |name: &str| &entries.iter().find(|entry| entry["name"] == name).unwrap()["fix"];
    assert_eq!(*fix("wrong-type"), "safe");
    assert_eq!(*fix("unknown-volume"), "unsafe");
    assert_eq!(*fix("no-essential-container"), Value::Null);
    let line = human.lines().find(|line| line.starts_with("  unknown-volume ")).unwrap();
    assert!(line.contains(" unsafe "), "{line}");
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
2> ecslint: unknown command `chek`; did you mean `check`?
status 2

"#]],
    );
}
