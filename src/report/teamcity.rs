//! Service messages of TeamCity: an inspection for each finding, and its type for each rule that found something.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::Outcome;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::obeyed::one_line;
use crate::report::plain::with_help;
use crate::report::region::region;
use crate::rules::{self, Rule};
use crate::source::Sources;

/// Writes the rules and the findings.
///
/// # Errors
/// Write errors of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let named: BTreeSet<&str> = outcome.diagnostics.iter().map(|found| found.rule).collect();
    named.into_iter().try_for_each(|name| write_type(name, out))?;
    outcome.diagnostics.iter().try_for_each(|found| write_one(found, sources, out))
}

fn write_type(name: &str, out: &mut dyn Write) -> io::Result<()> {
    let rule = rules::find(name);
    let (title, category) = rule.map_or((name, "correctness"), |rule| (rule.title, rule.category.name()));
    let description = rule.map(Rule::url).unwrap_or_default();
    write!(out, "##teamcity[inspectionType id='{}' name='{}'", value(name), value(title))?;
    writeln!(out, " category='{}' description='{}']", value(category), value(&description))
}

fn write_one(found: &Diagnostic, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let (start, _) = region(found.span, sources);
    let message = with_help(found);
    let file = sources.name(found.span.file);
    let severity = match found.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
    };
    write!(out, "##teamcity[inspection typeId='{}' message='{}'", value(found.rule), value(&message))?;
    writeln!(out, " file='{}' line='{}' SEVERITY='{severity}']", value(&file), start.line)
}

/// Escapes a value.
fn value(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if matches!(c, '|' | '\'' | '[' | ']') {
            value.push('|');
        }
        value.push(c);
    }
    value
}
