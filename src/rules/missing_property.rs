//! See `rules/missing-property.md`.

use crate::diagnostic::{Finding, Place};
use crate::project::{Document, Kind, Mistake, Project, Violation};
use crate::rules::Report;
use crate::value::View;

/// Reports members that the API requires and that are not there.
pub fn check(project: &Project, report: &mut Report) {
    for (document, violation) in project.violations() {
        if let Mistake::Missing { key } = violation.mistake {
            report.add(finding(document, violation, project.look(&violation.node), key));
        }
    }
}

fn finding(document: &Document, violation: &Violation, view: View, key: &str) -> Finding {
    let (place, owner) = match (violation.called.as_str(), document.kind) {
        ("", Kind::Task) => (Place::from(document.title), "the task definition".to_owned()),
        ("", _) => (Place::from(document.title), "the service".to_owned()),
        (called, _) => (view.heading("name"), format!("`{called}`")),
    };
    let term = view.term(key);
    Finding::at(place, format!("{owner} has no `{term}`, which the API requires"))
        .help(format!("set `{term}`"))
}
