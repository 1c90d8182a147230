//! Expressions have the values that Terraform gives them. `tests/oracle/record` wrote down what `terraform console`
//! answered; a row that ecslint does not evaluate is unknown here, which is never wrong.

use std::path::Path;

use ecslint::engine;
use ecslint::source::{Requested, Sources};
use ecslint::workspace::Workspace;
use serde_json::Value;

const RESULTS: &str = include_str!("../oracle/results.tsv");

/// What the expressions may refer to; the same as in `tests/oracle/record`.
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

/// The files they may read; the same as in `tests/oracle/record`.
const FILES: &[(&str, &str)] = &[
    ("files/hello.txt", "Hello\n"),
    ("files/task.json", "{ \"name\": \"web\", \"ports\": [80] }\n"),
    ("files/task.yaml", "name: web\nports:\n  - 80\n"),
    ("files/greeting.tftpl", "Hi ${name}\n%{ for item in items ~}\n- ${item}\n%{ endfor ~}\n"),
    ("files/deep/inner.txt", "x"),
];

/// What ecslint leaves unknown though Terraform has a value, and why.
const UNKNOWN: &str = include_str!("../oracle/unknown.tsv");

/// The value of an expression; none where it is unknown, as a whole or in part.
fn value(expression: &str) -> Option<Value> {
    let workspace = read(expression);
    let errors: Vec<_> = workspace.units.iter().flat_map(|unit| &unit.syntax_errors).collect();
    assert!(errors.is_empty(), "{expression}: {errors:?}");
    let value = workspace.resources().next()?.request.get("family")?.to_json();
    let shown = value.to_string();
    (!shown.contains("$unknown") && !shown.contains("$more")).then_some(value)
}

fn refuses(expression: &str) -> bool {
    read(expression).units.iter().any(|unit| !unit.rejections.is_empty())
}

fn read(expression: &str) -> Workspace {
    let mut sources = Sources::new("/");
    let resource = format!("resource \"aws_ecs_task_definition\" \"x\" {{\n  family = {expression}\n}}\n");
    let file = sources.add(Path::new("main.tf"), format!("{CONFIGURATION}{resource}"));
    sources.add_input(file, Requested::Discovered);
    for (name, text) in FILES {
        sources.add(Path::new(name), *text);
    }
    engine::read(&sources).workspace
}

/// Numbers as numbers, and strings that hold JSON as what they hold: `jsonencode` escapes as it likes.
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
        // Terraform hides what is sensitive; ecslint reads it, and shows no value.
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
            wrong.push(format!("{expression}: Terraform says {expected}, ecslint {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_refused_is_an_error_of_terraform_too() {
    let rows = RESULTS.lines().map(|row| row.split_once('\t').unwrap());
    let valued = rows.filter(|(_, expected)| !["error", "unknown"].contains(expected));
    let refused: Vec<&str> = valued.filter(|(row, _)| refuses(row)).map(|(row, _)| row).collect();
    assert_eq!(refused, [""; 0]);
}
