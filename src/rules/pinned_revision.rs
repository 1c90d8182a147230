//! See `rules/pinned-revision.md`.

use super::prelude::*;

/// Reports services in Terraform that do not deploy new revisions of their task definition.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| service.traits().registers_revisions) {
        let Known(name, place) = service.view.id("taskDefinition") else { continue };
        let Some(task) = service.task().known() else { continue };
        let follows_not = service.ignores("taskDefinition") || service.controller().known() != Some("ECS");
        let Some(address) = task.resource.address.as_ref().filter(|_| !follows_not) else { continue };
        // A forced deployment uses the latest revision of the family.
        let is_pinned = name.contains(':');
        if !is_pinned && service.view.entry("forceNewDeployment").is_some() {
            continue;
        }
        let message = if is_pinned {
            format!("`{name}` is a fixed revision, so Terraform does not deploy new revisions")
        } else {
            format!("`{name}` is the name of a family, so Terraform does not deploy new revisions of it")
        };
        let finding = Finding::at(place, message).label(task.anchor(), "the revisions are registered here");
        report.add(if service.resource.is_in_module_of(task.resource) {
            let key = address.key.as_ref().map(ToString::to_string).unwrap_or_default();
            finding.help(format!("use `{}{key}.arn`", address.resource))
        } else {
            finding.help("use the ARN of the task definition resource, which includes the latest revision")
        });
    }
}
