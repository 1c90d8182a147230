//! Expressions have the values that Terraform gives them. `tests/oracle/record` wrote down what `terraform console`
//! answered; a row that ecslint does not evaluate is unknown here, which is never wrong.

use std::path::Path;

use ecslint::lower;
use ecslint::report::request;
use ecslint::sources::{Asked, Sources};
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
}
"#;

/// The value of an expression; none where it is unknown, as a whole or in part.
fn value(expression: &str) -> Option<Value> {
    let mut sources = Sources::new("/");
    let resource = format!("resource \"aws_ecs_task_definition\" \"x\" {{\n  family = {expression}\n}}\n");
    let file = sources.add(Path::new("main.tf"), format!("{CONFIGURATION}{resource}"));
    sources.ask(file, Asked::Found);
    let documents = lower::read(&sources);
    assert_eq!(documents.problems, [], "{expression}");
    let value = request::value(documents.all.first()?.request.get("family")?);
    let shown = value.to_string();
    (!shown.contains("$unknown") && !shown.contains("$more")).then_some(value)
}

/// Numbers as numbers, and strings that hold JSON as what they hold: `jsonencode` escapes as it likes.
fn plain(value: &Value) -> Value {
    match value {
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(inner @ (Value::Array(_) | Value::Object(_))) => plain(&inner),
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
    let mut wrong = Vec::new();
    let mut known = 0;
    let rows: Vec<(&str, &str)> = RESULTS.lines().map(|row| row.split_once('\t').unwrap()).collect();
    for (expression, expected) in &rows {
        let Some(found) = value(expression) else { continue };
        known += 1;
        // Terraform hides what is sensitive; ecslint reads it, and shows no value.
        let hidden = *expected == "unknown" && expression.contains("sensitive(");
        let agrees = hidden
            || serde_json::from_str(expected).is_ok_and(|expected: Value| plain(&expected) == plain(&found));
        if !agrees {
            wrong.push(format!("{expression}: Terraform says {expected}, ecslint {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} known:\n{}", wrong.len(), known, wrong.join("\n"));
    let valued = rows.iter().filter(|(_, expected)| !["error", "unknown"].contains(expected)).count();
    assert!(known * 5 >= valued * 4, "only {known} of {valued} are known");
}
