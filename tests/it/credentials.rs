//! No output shows a credential.

use std::path::Path;

use ecslint::config::Config;
use ecslint::report::human::{self, Style};
use ecslint::report::{concise, json, plain};
use ecslint::sources::{Asked, Sources};

use crate::cli::{directory, run};

const SECRET: &str = "tr0mb0ne-71";

/// A task definition whose findings have the credential in the lines around them.
fn task() -> String {
    format!(
        r#"{{ "family": "web", "networkMode": "awsvpc", "containerDefinitions": [
             {{ "name": "web", "image": "nginx", "portMappings": [{{ "containerPort": 80, "hostPort": 81 }}],
                "environment": [{{ "name": "DB_PASSWORD", "value": "{SECRET}" }}, {{ "name": "é", "value": "1" }}],
                "secrets": [{{ "name": "DB_PASSWORD", "valueFrom": "/db" }}],
                "command": ["run", "--password={SECRET}"] }}] }}"#
    )
}

#[test]
fn no_report_shows_a_credential() {
    let mut sources = Sources::new("/");
    let file = sources.add(Path::new("task.json"), task());
    sources.ask(file, Asked::Named);
    let outcome = ecslint::check(&sources, &Config::default());
    let rules: Vec<&str> = outcome.diagnostics.iter().map(|found| found.rule).collect();
    assert!(rules.contains(&"secret-in-environment") && rules.contains(&"secret-name-conflict"), "{rules:?}");
    let mut out = Vec::new();
    human::write(&outcome, &sources, Style::default(), &mut out).unwrap();
    concise::write(&outcome, &sources, &mut out).unwrap();
    plain::write(&outcome, &sources, &mut out).unwrap();
    json::write(&outcome, &sources, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(!out.contains(SECRET) && out.contains("***********"), "{out}");
    assert!(out.contains("\"é\""), "{out}");
}

#[test]
fn requests_are_shown_without_their_credentials() {
    let directory = directory(&[("task.json", &task())]);
    let (code, out, _) = run(directory.path(), &["show"]);
    assert_eq!(code, 0);
    assert!(!out.contains(SECRET) && out.contains("DB_PASSWORD") && out.contains("\"********\""), "{out}");
}

#[test]
fn a_patch_shows_the_lines_that_change_and_no_credential_beside_them() {
    let directory = directory(&[("task.json", &task())]);
    let (_, out, _) = run(directory.path(), &["check", "--diff", "--select", "awsvpc-port-mismatch"]);
    assert!(!out.contains(SECRET), "{out}");
    assert!(out.contains("+             { \"name\": \"web\""), "{out}");
}

#[test]
fn formats_for_other_programs_show_no_credential() {
    // Another one than that of the rule's page, which SARIF carries.
    let secret = "gl0ckenspiel-83";
    let directory = directory(&[("task.json", &task().replace(SECRET, secret))]);
    for format in ["sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"] {
        let (_, out, err) = run(directory.path(), &["check", "--format", format]);
        assert!(!out.contains(secret) && !err.contains(secret) && out.contains("secret-"), "{format}: {out}");
    }
}
