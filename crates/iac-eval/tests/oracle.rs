//! Compares the values of expressions with those of Terraform. `tests/oracle/record` recorded the results of `terraform
//! console`; an expression that the evaluator does not support is unknown, which is never wrong.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::path::Path;

use iac_eval::source::Sources;
use iac_eval::terraform::{Evaluated, NoProvider, evaluate};
use serde_json::Value;

const RESULTS: &str = include_str!("oracle/results.tsv");
const RESOURCES: &str = include_str!("oracle/resources.tsv");

/// The configuration that the expressions refer to; the same as in `tests/oracle/record`.
const CONFIGURATION: &str = r#"
variable "unset" {}
variable "text" { default = "abc" }
variable "flag" { default = true }
locals {
  list   = ["a", "b", "c"]
  nested = [["a"], ["b", "c"], []]
  object = { name = "web", port = 80, tags = { a = "1", b = "2" } }
  people = [{ name = "x", age = 1 }, { name = "y", age = 2 }]

  template = "Hello, $${name}!"
}
"#;

/// The files that the expressions read; the same as in `tests/oracle/record`.
const FILES: &[(&str, &str)] = &[
    ("files/hello.txt", "Hello\n"),
    ("files/task.json", "{ \"name\": \"web\", \"ports\": [80] }\n"),
    ("files/task.yaml", "name: web\nports:\n  - 80\n"),
    ("files/greeting.tftpl", "Hi ${name}\n%{ for item in items ~}\n- ${item}\n%{ endfor ~}\n"),
    ("files/deep/inner.txt", "x"),
];

/// Expressions that are unknown to the evaluator although Terraform returns a value, with the reasons.
const UNKNOWN: &str = include_str!("oracle/unknown.tsv");

/// Evaluates an expression; `None` if any part of its value is unknown.
fn value(expression: &str) -> Option<Value> {
    let root = read(expression);
    assert_eq!(root.syntax_errors, [], "{expression}");
    let value = root.resources.first()?.body.get("value")?.to_json();
    let shown = value.to_string();
    (!shown.contains("$unknown") && !shown.contains("$more")).then_some(value)
}

fn is_rejected(expression: &str) -> bool {
    !read(expression).errors.is_empty()
}

fn read(expression: &str) -> Evaluated {
    let mut sources = Sources::new("/");
    let resource = format!("resource \"any_type\" \"x\" {{\n  value = {expression}\n}}\n");
    sources.add(Path::new("main.tf"), format!("{CONFIGURATION}{resource}"));
    for (name, text) in FILES {
        sources.add(Path::new(name), *text);
    }
    evaluate(&sources, Path::new("."), &NoProvider).unwrap()
}

/// Normalizes numbers, and parses strings that contain JSON, because `jsonencode` can escape characters in different
/// ways.
fn plain(value: &Value) -> Value {
    match value {
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(inner @ (Value::Array(_) | Value::Object(_) | Value::String(_))) => plain(&inner),
            _ => value.clone(),
        },
        Value::Number(number) => Value::from(number.as_f64()),
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), plain(value))).collect(),
        _ => value.clone(),
    }
}

#[test]
fn what_is_known_is_what_terraform_says() {
    let reasons: Vec<&str> = UNKNOWN.lines().map(|row| row.split_once('\t').unwrap().0).collect();
    let mut wrong = Vec::new();
    let rows = RESULTS.lines().map(|row| row.split_once('\t').unwrap());
    for (expression, expected) in rows {
        // Terraform hides sensitive values; the evaluator does not.
        let hidden = expected == "unknown" && expression.contains("sensitive(");
        let agrees = match value(expression) {
            Some(found) => {
                let same = |expected: Value| plain(&expected) == plain(&found);
                hidden || serde_json::from_str(expected).is_ok_and(same)
            }
            None => ["error", "unknown"].contains(&expected),
        };
        let excused = value(expression).is_none() && reasons.contains(&expression);
        if agrees == excused {
            let found = value(expression);
            wrong.push(format!("{expression}: Terraform says {expected}, the evaluator {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

/// Evaluates an expression in the configuration in `oracle/resources`; `None` if any part of its value is unknown.
fn value_with_resources(expression: &str) -> Option<Value> {
    let mut sources = Sources::new("/");
    let resource = format!("resource \"any_type\" \"x\" {{\n  value = {expression}\n}}\n");
    let main = include_str!("oracle/resources/main.tf");
    sources.add(Path::new("main.tf"), format!("{main}{resource}"));
    sources.add(Path::new("net/main.tf"), include_str!("oracle/resources/net/main.tf"));
    let root = evaluate(&sources, Path::new("."), &NoProvider).unwrap();
    assert_eq!(root.syntax_errors, [], "{expression}");
    let mut resources = root.resources.iter();
    let value =
        resources.find(|found| found.address.resource.kind == "any_type")?.body.get("value")?.to_json();
    let shown = value.to_string();
    (!shown.contains("$unknown") && !shown.contains("$more")).then_some(value)
}

#[test]
fn collections_of_resources_are_what_terraform_says() {
    let (mut agreeing, mut wrong) = (0, Vec::new());
    for (expression, expected) in RESOURCES.lines().map(|row| row.split_once('\t').unwrap()) {
        let found = value_with_resources(expression);
        // The console does not know resources that do not exist; a plan knows that there are none.
        let is_open = expected == "unknown";
        match (&found, serde_json::from_str(expected)) {
            (Some(found), Ok(expected)) if plain(&expected) == plain(found) => agreeing += 1,
            (None, Err(_)) => {}
            (Some(_), Err(_)) if is_open => {}
            _ => wrong.push(format!("{expression}: Terraform says {expected}, the evaluator {found:?}")),
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
    assert!(agreeing >= 150, "{agreeing}");
}

#[test]
fn what_is_rejected_is_an_error_of_terraform_too() {
    let rows = RESULTS.lines().map(|row| row.split_once('\t').unwrap());
    let valued = rows.filter(|(_, expected)| !["error", "unknown"].contains(expected));
    let rejected: Vec<&str> = valued.filter(|(row, _)| is_rejected(row)).map(|(row, _)| row).collect();
    assert_eq!(rejected, [""; 0]);
}
