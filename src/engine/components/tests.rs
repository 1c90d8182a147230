use std::path::Path;

use super::*;
use crate::engine::{INTERNAL_ERROR, read};
use crate::model::Project;
use crate::rules::Report;
use crate::source::{Requested, Span};

fn breaks(_: &Project, report: &mut Report) {
    let place = Span::new(crate::source::FileId(0), 0, 1);
    report.add(crate::diagnostic::Finding::at(place, "said before it broke"));
    panic!("the password is tr0mb0ne")
}

/// A rule that panics, before a working one.
fn rules() -> [(&'static Rule, Check); 2] {
    let whole =
        rules::checks().find(|(rule, _)| rule.name == "container-memory-missing").expect("it is a rule");
    let broken = Rule { name: "broken", title: "", evidence: &[], since: "", ..*whole.0 };
    [(Box::leak(Box::new(broken)), breaks), whole]
}

#[test]
fn a_rule_that_breaks_is_told_of_and_hides_nothing() {
    let mut sources = Sources::new("/");
    let text = r#"{ "family": "a", "containerDefinitions": [{ "name": "a", "image": "a" }] }"#;
    let file = sources.add(Path::new("task.json"), text);
    sources.add_input(file, Requested::Explicit);
    let reading = read(&sources);
    let global = GlobalNames::of(&reading.workspace);
    let runner = Runner { rules: &rules(), global: &global, sources: &sources };
    let output = runner.run(&reading.workspace);
    let found: Vec<&str> = output.diagnostics.iter().map(|found| found.rule).collect();
    assert_eq!(found, ["broken", INTERNAL_ERROR, "container-memory-missing"]);
    let defect = &output.diagnostics[1];
    assert!(defect.message.contains("the rule `broken`"), "{}", defect.message);
    assert!(!format!("{defect:?}").contains("tr0mb0ne"));
    // An incomplete run exits with status 2, and SARIF marks the invocation as unsuccessful.
    let outcome = crate::Outcome { diagnostics: output.diagnostics, ..crate::Outcome::default() };
    assert!(!outcome.is_whole());
    let mut sarif = Vec::new();
    crate::report::sarif::write(&outcome, &sources, &mut sarif).expect("it is written");
    let sarif: serde_json::Value = serde_json::from_slice(&sarif).expect("it is JSON");
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(3));
}
