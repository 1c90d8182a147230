//! No output contains a credential, wherever it is.

use std::fs;
use std::path::Path;

use crate::program::{directory, run};

mod corpus;
mod editor;
mod innocent;
mod kinds;
mod plant;
mod taint;

use plant::{Planted, TASK};

const FORMATS: [&str; 9] =
    ["human", "concise", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"];

/// The output of a run, which must not contain a credential.
#[track_caller]
fn said(directory: &Path, arguments: &[&str], planted: &Planted) -> String {
    let (_, out, err) = run(directory, arguments);
    let said = format!("{out}\n{err}");
    hides(&said, &format!("{arguments:?}"), planted);
    said
}

/// Fails if a text contains a credential.
#[track_caller]
fn hides(text: &str, what: &str, planted: &Planted) {
    let words = planted.words();
    let shows = |line: &&str| words.iter().any(|word| line.contains(word));
    let leaks: Vec<&str> = text.lines().filter(shows).collect();
    assert!(leaks.is_empty(), "{what}:\n{}", leaks.join("\n"));
}

#[test]
fn no_format_shows_a_credential() {
    let planted = Planted::new();
    let directory = planted.directory();
    for format in FORMATS {
        let said = said(directory.path(), &["check", "--format", format], &planted);
        for rule in
            ["secret-in-environment", "secret-name-conflict", "unknown-property", "syntax", "invalid-setting"]
        {
            assert!(said.contains(rule), "{format} does not contain {rule}");
        }
    }
    let said = said(directory.path(), &["check", "--color", "always"], &planted);
    assert!(said.matches("**********").count() > 100, "{said}");
    assert!(said.contains("DB_PASSWORD") && said.contains("db.internal"), "{said}");
}

#[test]
fn nothing_else_that_is_printed_shows_a_credential() {
    let planted = Planted::new();
    let directory = planted.directory();
    for arguments in [
        vec!["show"],
        vec!["show", "tf"],
        vec!["check", "--diff"],
        vec!["check", "--diff", "--unsafe-fixes"],
        vec!["check", "--show-unknown", "--statistics"],
        vec!["check", "--watch", "-"],
        vec!["check", "--var", "PASSWORD!"],
        vec!["check", "--var", "given=PASSWORD!", "--show-unknown", "tf"],
        vec!["check", "--since", "TOKEN!"],
        vec!["check", "--select", "TOKEN!"],
        vec!["check", "--config", "TOKEN!"],
        vec!["check", "--baseline", "TOKEN!"],
        vec!["check", "--var-file", "TOKEN!"],
        vec!["check", "password=PASSWORD!"],
        vec!["explain", "TOKEN!"],
        vec!["explain", "unknown volume 'TOKEN!'"],
        vec!["man", "TOKEN!"],
    ] {
        let arguments: Vec<String> = arguments.into_iter().map(|argument| planted.put(argument)).collect();
        said(directory.path(), &arguments.iter().map(String::as_str).collect::<Vec<_>>(), &planted);
    }
}

/// A number, a key without an end, and the value of a revealing name are still values.
#[test]
fn what_is_shown_as_json_is_json() {
    let text = r#"{ "family": "web", "containerDefinitions": [{ "name": "web", "image": "nginx", "memory": 128, "environment": [
        { "name": "DB_PASSWORD", "value": 123456789012 }, { "name": "KEY", "value": "-----BEGIN PRIVATE KEY-----\nMIIEow…" }],
        "dockerLabels": { "password": "gl0ckenspiel-83", "next": "shown" } }] }"#;
    let directory = directory(&[("task.json", text)]);
    let (_, out, _) = run(directory.path(), &["show"]);
    let shown: serde_json::Value = serde_json::from_str(&out).unwrap();
    let labels = &shown[0]["request"]["containerDefinitions"][0]["dockerLabels"];
    assert_eq!((labels["password"].as_str(), labels["next"].as_str()), (Some("********"), Some("shown")));
    assert!(!out.contains("MIIE") && !out.contains("gl0cken"), "{out}");
}

#[test]
fn what_is_written_down_holds_no_credential() {
    let planted = Planted::new();
    let directory = planted.directory();
    let arguments = ["check", "--write-baseline", "known", "--format", "json=report"];
    said(directory.path(), &arguments, &planted);
    hides(&fs::read_to_string(directory.path().join("known")).unwrap(), "the baseline", &planted);
    said(directory.path(), &["check", "--baseline", "known", "--format", "json=report"], &planted);
    hides(&fs::read_to_string(directory.path().join("report")).unwrap(), "the report", &planted);
}

#[test]
fn what_is_mended_keeps_its_credentials_and_shows_none() {
    let planted = Planted::new();
    let directory = planted.directory();
    let task = || fs::read_to_string(directory.path().join("task.json")).unwrap();
    let before = task();
    said(directory.path(), &["check", "--fix", "--unsafe-fixes"], &planted);
    assert_ne!(task(), before);
    assert!(task().contains(&planted.password) && !task().contains("***"));
}

/// A reader of the baseline could guess words until one has the same hash.
#[test]
fn a_fingerprint_does_not_depend_on_a_credential() {
    let planted = Planted::new();
    let prints = |password: &str| {
        let text = TASK.replace("PASSWORD!", password);
        let directory = directory(&[("task.json", &planted.put(&text))]);
        run(directory.path(), &["check", "--write-baseline", "known", "-q"]);
        fs::read_to_string(directory.path().join("known")).unwrap()
    };
    assert_eq!(prints("gl0ckenspiel-83"), prints("xyl0phone--4711"));
}

#[test]
fn a_value_of_the_command_line_is_not_repeated() {
    let text = "variable \"db_password\" {}\nresource \"aws_ecs_task_definition\" \"a\" {\n  family = var.db_password\n  container_definitions = jsonencode([{ name = \"a\", image = \"${var.db_password}\", memory = 128 }])\n}\n";
    let directory = directory(&[("main.tf", text)]);
    for format in FORMATS {
        let (_, out, err) =
            run(directory.path(), &["check", "--var", "db_password=oboe !", "--format", format]);
        assert!(
            !out.contains("oboe") && !err.contains("oboe") && out.contains("invalid-image"),
            "{out}{err}"
        );
    }
    let (_, out, _) = run(directory.path(), &["show", "--var", "db_password=oboe !"]);
    assert!(!out.contains("oboe"), "{out}");
}

/// A text with more credentials than are searched for shows nothing at all.
#[test]
fn if_there_are_too_many_credentials_everything_is_hidden() {
    let secrets: String =
        (0..10_001).map(|index| format!("  a{index}_password = \"qw{index}zxbassc1arinet\"\n")).collect();
    let text = format!(
        "locals {{\n{secrets}}}\nresource \"aws_ecs_task_definition\" \"a\" {{\n  family = \"zq xj\"\n  network_mode = \"qw10000zxbassc1arinet\"\n}}\n"
    );
    let directory = directory(&[("main.tf", text.as_str())]);
    for format in FORMATS {
        let (code, out, err) = run(directory.path(), &["check", "--format", format, "--show-unknown"]);
        assert!(
            !out.contains("bassc1arinet") && !out.contains("zq xj") && !err.contains("bassc1arinet"),
            "{out}{err}"
        );
        assert!(
            out.contains("limit-reached") && out.contains("there are more than 10000 credentials"),
            "{out}"
        );
        assert_eq!(code, 1, "{out}");
    }
    let (_, out, err) = run(directory.path(), &["show"]);
    assert!(
        !out.contains("bassc1arinet") && !out.contains("zq xj") && err.contains("too many credentials"),
        "{out}{err}"
    );
    let (_, out, _) = run(directory.path(), &["check", "--diff", "--unsafe-fixes"]);
    assert_eq!(out, "");
}

#[test]
fn if_a_credential_is_too_long_everything_is_hidden() {
    let task = |length: usize| {
        format!(
            r#"{{ "family": "zq xj", "containerDefinitions": [{{ "name": "web", "image": "nginx", "memory": 128,
  "environment": [{{ "name": "DB_PASSWORD", "value": "{}" }}] }}] }}"#,
            "qh8Zr2LmXv5T".repeat(length / 12)
        )
    };
    for (length, is_hidden) in [(900, false), (1_000_100, true)] {
        let directory = directory(&[("task.json", task(length).as_str())]);
        let (code, out, err) = run(directory.path(), &["check"]);
        assert!(!out.contains("qh8Zr2LmXv5T"), "{length}: {err}");
        assert_eq!(out.contains("limit-reached"), is_hidden, "{length}: {err}");
        assert_eq!(out.contains("zq xj"), !is_hidden, "{length}: {err}");
        assert_eq!(code, 1, "{length}: {err}");
    }
}

#[test]
fn if_too_many_values_are_sensitive_everything_is_hidden() {
    let text = "variable \"all\" {\n  sensitive = true\n  default = RANGE\n}\nlocals {\n  x = [for a in var.all : [for b in var.all : upper(\"x${a}-${b}\")]]\n}\n\
         resource \"aws_ecs_task_definition\" \"a\" {\n  family = \"zq xj\"\n  cpu = length(local.x)\n}\n";
    let numbers = (0..145).map(|index| format!("\"{index}\"")).collect::<Vec<_>>().join(", ");
    let directory = directory(&[("main.tf", &text.replace("RANGE", &format!("[{numbers}]")))]);
    let (code, out, err) = run(directory.path(), &["check"]);
    assert!(
        out.contains("there are more than 20000 sensitive values") && !out.contains("zq xj"),
        "{out}{err}"
    );
    assert_eq!(code, 1, "{out}");
}

#[test]
fn what_only_looks_a_little_like_a_credential_is_shown() {
    let text = r#"{ "family": "web", "networkMode": "password-secret", "containerDefinitions": [{ "name": "web", "image": "nginx", "memory": 128,
        "environment": [{ "name": "DB_PASSWORD", "value": "changeme" }],
        "secrets": [{ "name": "TOKEN", "valueFrom": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:web-token1-a1B2c3" }],
        "dependsOn": [{ "containerName": "token-2-refresher", "condition": "START" }] }] }"#;
    let directory = directory(&[("task.json", text)]);
    let (_, out, _) = run(directory.path(), &["check"]);
    assert!(out.contains("`password-secret`") && out.contains("`token-2-refresher`"), "{out}");
    let (_, out, _) = run(directory.path(), &["show"]);
    assert!(!out.contains("***"), "{out}");
}

#[test]
fn a_patch_shows_the_lines_that_change_and_no_credential_beside_them() {
    let planted = Planted::new();
    let directory = directory(&[("task.json", &planted.put(TASK))]);
    let said =
        said(directory.path(), &["check", "--diff", "--select", "syntax,awsvpc-port-mismatch"], &planted);
    assert!(!said.contains("DB_PASSWORD"), "{said}");
}
