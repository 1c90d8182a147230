//! See `rules/pinned-revision.md`.

use super::prelude::*;

/// Reports services that do not deploy new revisions of their task definition.
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
        let tool = service.traits().language.tool();
        let message = if is_pinned {
            format!("`{name}` is a fixed revision, so {tool} does not deploy new revisions")
        } else {
            format!("`{name}` is the name of a family, so {tool} does not deploy new revisions of it")
        };
        let finding = Finding::at(place, message).label(task.anchor(), "the revisions are registered here");
        report.add(if service.resource.is_in_module_of(task.resource) {
            finding.help(format!("use `{}`", (service.traits().arn_of)(address)))
        } else {
            finding.help("use the ARN of the task definition resource, which includes the latest revision")
        });
    }
}
