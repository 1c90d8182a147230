//! See `rules/missing-property.md`.

use super::prelude::*;
use crate::model::{MissingArgument, Resource, Violation, ViolationKind};

/// Reports missing members that the API requires.
pub fn check(project: &Project, report: &mut Report) {
    for (resource, violation) in project.violations() {
        if let ViolationKind::Missing { key } = violation.kind
            && !is_misnamed(project, violation, key)
            && !is_left_open(violation, key)
            && !is_generated(resource, violation, key)
        {
            report.add(finding(resource, violation, project.view_of(&violation.node), key));
        }
    }
    let missing = project.missing_arguments().filter(|missing| !is_reported(project, missing));
    report.extend(missing.map(no_argument));
    report.extend(project.services().filter_map(no_task_definition));
}

/// Returns whether the tool generates a name that is not set.
fn is_generated(resource: &Resource, missing: &Violation, key: &str) -> bool {
    let is_name = key == "family" || key == "name" || key.ends_with("Name");
    resource.traits.completes_requests && missing.called.is_empty() && is_name
}

/// Returns whether the argument is also missing from the request.
fn is_reported(project: &Project, missing: &MissingArgument) -> bool {
    project.violations().any(|(resource, violation)| match violation.kind {
        ViolationKind::Missing { key } => {
            resource.header == missing.at && resource.name_of(key) == missing.name
        }
        _ => false,
    })
}

/// Reports an argument, block, or property that the tool requires, whatever the API does.
fn no_argument(missing: &MissingArgument) -> Finding {
    let MissingArgument { name, owner, at, is_block, required_by } = missing;
    let (form, verb) = if *is_block { (" block", "add a") } else { ("", "set") };
    let message = format!("`{owner}` has no `{name}`{form}, which {required_by} requires");
    Finding::at(*at, message).help(format!("{verb} `{name}`{form}"))
}

/// Returns whether the member is present under a wrong name, which `unknown-property` reports.
fn is_misnamed(project: &Project, missing: &Violation, key: &str) -> bool {
    project.violations().any(|(_, other)| match &other.kind {
        ViolationKind::Unknown { entry, .. } => {
            let start = key.get(..entry.key.len());
            other.node.at == missing.node.at
                && start.is_some_and(|start| start.eq_ignore_ascii_case(&entry.key))
        }
        _ => false,
    })
}

/// Returns whether the value is an empty string from elsewhere, such as the default of a variable, which is meant to be
/// replaced.
fn is_left_open(missing: &Violation, key: &str) -> bool {
    missing.node.get(key).is_some_and(|value| value.used.is_some() && value.as_str() == Some(""))
}

fn finding(resource: &Resource, violation: &Violation, view: View, key: &'static str) -> Finding {
    let (place, owner) = match (violation.called.as_str(), resource.kind) {
        ("", kind) => (Place::header(resource), format!("the {}", kind.noun())),
        (called, _) => (view.heading("name"), format!("`{called}`")),
    };
    let field = view.field(key);
    let finding = Finding::at(place, format!("{owner} has no `{field}`, which the API requires"));
    // The AWS CLI also accepts the family as an option next to the file.
    if key == "family" && !resource.traits.is_final {
        finding.help("set `family`, unless you pass it on the command line").warning()
    } else {
        finding.help(format!("set `{field}`"))
    }
}

/// Reports a service in Terraform without a task definition, which is optional only with the EXTERNAL deployment
/// controller. A service in JSON may get its task definition on the command line.
fn no_task_definition(service: Service) -> Option<Finding> {
    let takes_one = service.controller().known().is_some_and(|controller| controller != "EXTERNAL");
    let certain = service.traits().is_final
        && takes_one
        && service.view.is_missing("taskDefinition")
        && !service.ignores("taskDefinition");
    let term = service.view.field("taskDefinition");
    // CodeDeploy deploys new revisions to a service that exists, which can then be updated without one.
    let is_only_updated = service.controller().known().is_some_and(|controller| controller == "CODE_DEPLOY");
    let why = if is_only_updated {
        "so it can be updated, but not created"
    } else {
        "which all deployment controllers except EXTERNAL require"
    };
    certain.then(|| {
        let finding = Finding::at(service.anchor(), format!("the service has no `{term}`, {why}"))
            .help(format!("set `{term}` to the ARN of a task definition"));
        if is_only_updated { finding.warning() } else { finding }
    })
}
