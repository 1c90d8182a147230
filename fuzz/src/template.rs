//! Templates: a text without directives evaluates to itself, and a file, a string, and a heredoc with the same text
//! have the same value.

use ecslint::config::RunOptions;
use ecslint::engine::{self, Reading};
use ecslint::source::{Requested, Sources};
use serde_json::Value;

use crate::holds;

/// The variables of a template.
const VARIABLES: &str = r#"{ name = "web", port = 80, flag = true, list = ["a", "b"], object = { a = "1", b = "2" }, none = null }"#;

/// Parses a text as a template in three ways.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (sources, reading) = read(&format!("templatefile(\"t.tftpl\", {VARIABLES})"), text);
    holds::places(&engine::run(&sources, &reading, &RunOptions::default()), &sources);
    let file = known(&reading);
    let string = value(&format!("templatestring(local.text, {VARIABLES})"), text);
    agree("a file", &file, "a string", &string);
    if !text.contains("${") && !text.contains("%{") {
        agree("a file", &file, "itself", &Some(Value::from(text)));
    }
    // In a heredoc, a carriage return is part of the line break, and the delimiter ends it.
    if !text.contains('\r') && !text.lines().any(|line| line.trim() == "END") {
        let line = value(&format!("templatefile(\"t.tftpl\", {VARIABLES})"), &format!("{text}\n"));
        agree("a line", &line, "a heredoc", &value(&format!("<<END\n{text}\nEND"), ""));
    }
}

fn agree(one: &str, ours: &Option<Value>, other: &str, theirs: &Option<Value>) {
    if let (Some(ours), Some(theirs)) = (ours, theirs) {
        assert_eq!(ours, theirs, "{one} and {other} are one template");
    }
}

/// The value of an expression that may refer to a template file; `None` if it is unknown, completely or in part.
fn value(expression: &str, template: &str) -> Option<Value> {
    known(&read(expression, template).1)
}

/// A task definition with an expression that may refer to a template file.
fn read(expression: &str, template: &str) -> (Sources, Reading) {
    let mut sources = Sources::new("/nowhere");
    let text = format!(
        "locals {{\n  text = file(\"t.tftpl\")\n}}\nresource \"aws_ecs_task_definition\" \"x\" {{\n  \
         family = {expression}\n  container_definitions = {expression}\n}}\n"
    );
    let file = sources.add("main.tf".as_ref(), text);
    sources.add_input(file, Requested::Discovered);
    sources.add("t.tftpl".as_ref(), template);
    let reading = engine::read(&sources);
    (sources, reading)
}

/// The family of the task definition; `None` if it is unknown, completely or in part.
fn known(reading: &Reading) -> Option<Value> {
    let value = reading.workspace.resources().next()?.request.get("family")?.to_json();
    let is_known = value.is_string()
        && reading
            .workspace
            .units
            .iter()
            .all(|unit| unit.syntax_errors.is_empty() && unit.rejections.is_empty());
    // A string that was encoded from an unknown value names it.
    (is_known && !value.to_string().contains("$unknown")).then_some(value)
}
