//! See `rules/unknown-task-definition.md`.

use super::prelude::*;
use super::support::suggest;
use crate::suggest::nearest;

/// Reports families that look like one of the project's, and are none.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| !service.is_description()) {
        let Known(text, place) = service.view.str("taskDefinition") else { continue };
        let family = text.split(':').next().unwrap_or_default();
        if text.starts_with("arn:") || family.is_empty() {
            continue;
        }
        // What is known of this family is beside the service; only where nothing is are all others looked at.
        if project.tasks().any(|task| task.family().known() == Some(family)) {
            continue;
        }
        let Some(names) = project.families_near(service.resource) else { continue };
        if let Some(near) = nearest(family, names) {
            let message = format!("nothing here defines a task definition `{family}`");
            report.add(suggest::hint(Finding::at(place, message), near));
        }
    }
}
