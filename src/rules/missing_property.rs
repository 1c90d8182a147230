//! See `rules/missing-property.md`.

use super::prelude::*;
use crate::model::{Kind, Resource, Violation, ViolationKind};

/// Reports members that the API requires and that are not there.
pub fn check(project: &Project, report: &mut Report) {
    for (resource, violation) in project.violations() {
        if let ViolationKind::Missing { key } = violation.kind
            && !is_misnamed(project, violation, key)
            && !is_left_open(violation, key)
        {
            report.add(finding(resource, violation, project.view_of(&violation.node), key));
        }
    }
    report.extend(project.services().filter_map(no_task_definition));
}

/// Whether the member is there by another name, as `unknown-property` reports.
fn is_misnamed(project: &Project, missing: &Violation, key: &str) -> bool {
    project.violations().any(|(_, other)| match &other.kind {
        ViolationKind::Unknown { entry, .. } => {
            other.node.at == missing.node.at && key.starts_with(entry.key.as_str())
        }
        _ => false,
    })
}

/// Whether it is an empty text that comes from elsewhere, and waits for whoever gives another one.
fn is_left_open(missing: &Violation, key: &str) -> bool {
    missing.node.get(key).is_some_and(|value| value.used.is_some() && value.as_str() == Some(""))
}

fn finding(resource: &Resource, violation: &Violation, view: View, key: &'static str) -> Finding {
    let (place, owner) = match (violation.called.as_str(), resource.kind) {
        ("", Kind::Task) => (Place::from(resource.header), "the task definition".to_owned()),
        ("", _) => (Place::from(resource.header), "the service".to_owned()),
        (called, _) => (view.heading("name"), format!("`{called}`")),
    };
    let field = view.field(key);
    let finding = Finding::at(place, format!("{owner} has no `{field}`, which the API requires"));
    // The AWS CLI takes the family beside the file too.
    if key == "family" && !resource.traits.is_final {
        finding.help("set `family`, unless it is given on the command line").warning()
    } else {
        finding.help(format!("set `{field}`"))
    }
}

/// A service in Terraform without a task definition, which only an external controller does without. A service in JSON may
/// get it on the command line.
fn no_task_definition(service: Service) -> Option<Finding> {
    let takes_one = service.controller().known().is_some_and(|controller| controller != "EXTERNAL");
    let certain = service.traits().is_final
        && takes_one
        && service.view.any("taskDefinition").is_missing()
        && !service.ignores("taskDefinition");
    let term = service.view.field("taskDefinition");
    certain.then(|| {
        Finding::at(
            service.anchor(),
            format!("the service has no `{term}`, which all but an external controller need"),
        )
        .help(format!("set `{term}` to the task definition's ARN"))
    })
}
