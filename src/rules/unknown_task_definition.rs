//! See `rules/unknown-task-definition.md`.

use super::prelude::*;
use super::support::suggest;
use crate::suggest::nearest;

/// Reports unknown families that are similar to a family of the project.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| !service.is_description()) {
        let Known(text, place) = service.view.id("taskDefinition") else { continue };
        let family = text.split(':').next().unwrap_or_default();
        if text.starts_with("arn:") || family.is_empty() {
            continue;
        }
        // The families of other files are read only if no task definition that is known here has this one.
        if project.tasks().any(|task| task.family().known() == Some(family)) {
            continue;
        }
        let Some(names) = project.families_near(service.resource) else { continue };
        if let Some(near) = nearest(family, names) {
            let message = format!("task definition `{family}` is not defined here");
            report.add(suggest::hint(Finding::at(place, message), near));
        }
    }
}
