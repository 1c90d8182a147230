//! Compares the properties of templates with what AWS's own validator and cfn-lint evaluate them to. `tests/oracle/record-templates`
//! generated the templates and recorded the values.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use iac_eval::cloudformation::{Given, Isolated, Stack, Template, Types};
use iac_eval::source::Sources;
use iac_eval::syntax::{json, yaml};
use iac_eval::value::{Mapped, Node};
use serde_json::Value;

const ANSWERS: &str = include_str!("oracle/templates.tsv");

/// Properties that have another value here, and the reason.
const DEVIATIONS: &[(&str, &str, &str, &str)] =
    &[("0.yaml", "R3", "P1", "the value of a `Number` parameter is a string, also in `Fn::ToJsonString`")];

#[derive(Debug)]
struct Plain;

impl Types for Plain {}

/// The properties of each resource of a template.
fn evaluated(name: &str) -> BTreeMap<String, Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/templates").join(name);
    let text = fs::read_to_string(path).unwrap();
    let mut sources = Sources::new("/app");
    let file = sources.add(Path::new(name), text.as_str());
    let text = Mapped::file(file, &text);
    let root: Node = if name.ends_with(".json") {
        json::parse_exact(&text).root.unwrap()
    } else {
        yaml::document(&text).root.unwrap()
    };
    let template = Template::new(file, root);
    let stack = Stack::new(&template, &sources, &Plain, &Isolated, Given::new(), Vec::new());
    let resources = stack.resources();
    assert_eq!(stack.errors(), [], "{name}");
    let named = |resource: &iac_eval::cloudformation::Resource| resource.address.resource.name.to_string();
    resources.iter().map(|resource| (named(resource), resource.properties.to_json())).collect()
}

/// A value whose scalars are texts, as CloudFormation converts them.
fn plain(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), plain(value))).collect(),
        Value::String(_) | Value::Null => value.clone(),
        scalar => Value::from(scalar.to_string()),
    }
}

#[test]
fn properties_have_the_values_that_others_evaluate_them_to() {
    let mut templates: BTreeMap<&str, BTreeMap<String, Value>> = BTreeMap::new();
    let mut different = Vec::new();
    let mut compared = 0;
    for line in ANSWERS.lines() {
        let [template, resource, property, answer, _] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let all = templates.entry(template).or_insert_with(|| evaluated(template));
        let own = all.get(resource).map_or(Value::Null, |properties| plain(&properties[property]));
        let answer: Value = serde_json::from_str(answer).unwrap();
        compared += 1;
        if own != answer
            && !DEVIATIONS.iter().any(|known| (known.0, known.1, known.2) == (template, resource, property))
        {
            different.push(format!("{template} {resource}.{property}: {own}, not {answer}"));
        }
    }
    assert_eq!(different, [""; 0]);
    let confirmed = ANSWERS.lines().filter(|line| line.ends_with("\tboth")).count();
    assert!(compared >= 400 && confirmed >= 300, "{compared} properties, {confirmed} of two programs");
}
