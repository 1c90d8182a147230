//! Terraform projects that a grammar decodes from bytes: the properties of `terraform`, and no finding depends on a
//! value that is unknown.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use ecslint::Outcome;
use ecslint::config::RunOptions;
use ecslint::diagnostic::Severity;
use ecslint::fix::Texts;

use crate::grammar::Grammar;
use crate::{files, terraform};

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| Grammar::new(include_str!("grammar/terraform.txt")));

/// What the grammar declares a variable with, and what a tfvars file assigns to it.
const KNOWN: [&str; 2] = ["variable \"hidden\" { default = \"web\" }", "hidden = \"web\"\n"];

/// Checks a project.
pub fn run(data: &[u8]) {
    let text = GRAMMAR.expand(data);
    let Some(known) = terraform::check(text.as_bytes()) else { return };
    let [declared, assigned] = KNOWN;
    let hidden = text.replace(declared, "variable \"hidden\" {}").replace(assigned, "");
    let Some(files) = files::read(hidden.as_bytes()).filter(|_| text != hidden) else { return };
    let unknown = ecslint::check(&files::open(&files, &Texts::new()), &RunOptions::default());
    let known = errors(&known);
    let more: Vec<&str> = errors(&unknown).difference(&known).copied().collect();
    assert!(!known.is_empty() || more.is_empty(), "only where a value is unknown: {more:?}\n{hidden}");
}

fn errors(outcome: &Outcome) -> BTreeSet<&'static str> {
    let errors = outcome.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    errors.map(|found| found.rule).collect()
}
