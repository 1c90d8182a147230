//! See `rules/too-many-placement-constraints.md`.

use crate::diagnostic::{Finding, Place};
use crate::project::Project;
use crate::rules::Report;

/// The most placement constraints that a task may have, those of its service included.
const MOST: usize = 10;

/// Reports tasks with more placement constraints than ECS takes.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let constraints = task.view.list("placementConstraints");
        let Some(extra) = constraints.iter().nth(MOST) else { continue };
        let count = constraints.iter().count();
        let message = format!("the task definition has {count} placement constraints, and ECS takes {MOST}");
        report.add(Finding::at(Place::from(extra.node), message).help("join several into one expression"));
    }
    for service in project.services() {
        let own = service.list("placementConstraints");
        let Some(last) = own.iter().last() else { continue };
        let task = service.task().known();
        let inherited = task.map_or(0, |task| task.view.list("placementConstraints").iter().count());
        let count = own.iter().count() + inherited;
        // Too many in the task definition alone are said there.
        if count <= MOST || inherited > MOST {
            continue;
        }
        let message = match inherited {
            0 => format!("the service has {count} placement constraints, and ECS takes {MOST}"),
            _ => format!(
                "the service has {} placement constraints and its task definition {inherited}, and ECS takes {MOST} in all",
                count - inherited
            ),
        };
        let finding = Finding::at(Place::from(last.node), message).help("join several into one expression");
        report.add(match task {
            Some(task) if inherited > 0 => finding.label(task.title(), "its task definition"),
            _ => finding,
        });
    }
}
