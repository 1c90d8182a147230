//! See `rules/unknown-task-definition.md`.

use crate::diagnostic::Finding;
use crate::model::Task;
use crate::nearest::nearest;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{self, Known};

/// Reports families that look like one of the project's, and are none.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| !service.is_description()) {
        let Known(text, place) = service.view.str("taskDefinition") else { continue };
        let family = text.split(':').next().unwrap_or_default();
        if text.starts_with("arn:") || family.is_empty() {
            continue;
        }
        let near_by = |task: &Task| service.document.scope.meets(task.document.scope);
        let families: Vec<_> = project.tasks().filter(near_by).map(|task| task.family()).collect();
        let Some(names) = families.into_iter().map(Value::known).collect::<Option<Vec<&str>>>() else {
            continue;
        };
        if names.contains(&family) {
            continue;
        }
        if let Some(near) = nearest(family, names) {
            report.add(
                Finding::at(place, format!("nothing here defines a task definition `{family}`"))
                    .help(format!("did you mean `{near}`?")),
            );
        }
    }
}
