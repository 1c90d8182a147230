//! Values that an unknown variable selects, compared with those of Terraform for each of its values. `tests/oracle/record` recorded
//! what `terraform console` returns.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::path::Path;

use iac_eval::choice::{Assumed, Choice};
use iac_eval::source::Sources;
use iac_eval::terraform::{
    Configuration, Defaults, Directories, DirectoryCache, NoProvider, Scenario, is_terraform,
};
use serde_json::Value;

const CHOICES: &str = include_str!("oracle/choices.tsv");
const MAIN: &str = include_str!("oracle/choices/main.tf");

/// What an expression is in a scenario: its value, `None` if any part is unknown, and the choices that it leaves.
fn evaluated(expression: &str, assume: Option<(&Choice, &str)>) -> (Option<Value>, Vec<Choice>) {
    let mut sources = Sources::new("/");
    let resource = format!(
        "resource \"any_type\" \"x\" {{\n  value = {expression}\n  size  = local.m[var.env].cpu\n}}\n"
    );
    sources.add(Path::new("main.tf"), format!("{MAIN}{resource}"));
    let files: Vec<_> = sources.files().filter(|file| is_terraform(&sources.get(*file).path)).collect();
    let cache = DirectoryCache::new();
    let directories = Directories::new(&sources, &cache, &files);
    let directory = directories.get(Path::new(".")).unwrap();
    let assumptions = assume.map(|(choice, name)| {
        let value = choice.alternatives.iter().find(|value| value.is_text(name));
        let none = choice.alternatives.iter().find(|value| matches!(value, Assumed::Other(_)));
        choice.assumption(value.or(none).unwrap())
    });
    let scenario = Scenario { assumptions: assumptions.into_iter().collect(), ..Scenario::default() };
    let configuration =
        Configuration::new(&sources, &directories, &NoProvider, directory, &scenario, Defaults::Count);
    let resources = configuration.resources();
    let found = resources.iter().find(|found| found.address.resource.kind == "any_type").unwrap();
    let value = found.body.get("value").unwrap().to_json();
    let shown = value.to_string();
    let is_known = !shown.contains("$unknown") && !shown.contains("$more");
    (is_known.then_some(value), configuration.choices())
}

/// Numbers as numbers, and texts of JSON as what they say.
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
fn each_choice_has_the_value_of_terraform() {
    let (mut agreeing, mut wrong, mut open) = (0, Vec::new(), Vec::new());
    for row in CHOICES.lines() {
        let [expression, dev, prod] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let (certain, choices) = evaluated(expression, None);
        let choice = choices.iter().find(|choice| choice.subject.name == "var.env").unwrap();
        for (name, expected) in [("dev", dev), ("prod", prod)] {
            let (found, _) = evaluated(expression, Some((choice, name)));
            // What is known without an assumption is so whatever is assumed.
            assert!(certain.is_none() || certain == found, "{expression} ({name})");
            match (&found, serde_json::from_str::<Value>(expected)) {
                (Some(found), Ok(expected)) if plain(found) == plain(&expected) => agreeing += 1,
                (Some(_), Err(_)) if expected == "unknown" => {}
                (None, Err(_)) => {}
                (None, Ok(_)) => open.push(format!("{expression} ({name}): Terraform says {expected}")),
                _ => wrong.push(format!("{expression} ({name}): Terraform says {expected}, found {found:?}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
    assert!(open.is_empty(), "{} rows are unknown:\n{}", open.len(), open.join("\n"));
    assert!(agreeing >= 370, "{agreeing}");
}
