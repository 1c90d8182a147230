//! See `rules/too-many-placement-constraints.md`.

use super::prelude::*;
use super::support::limit::first_beyond;

/// Maximum number of placement constraints of a task, including those of its service.
const MAX: usize = 10;

/// Reports tasks with more placement constraints than ECS allows.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.tasks().filter_map(of_task));
    report.extend(project.services().filter_map(of_service));
}

fn of_task(task: Task) -> Option<Finding> {
    let (extra, count) = first_beyond(task.view.list("placementConstraints").iter(), MAX)?;
    let message = format!("a task definition can have at most {MAX} placement constraints (got {count})");
    Some(Finding::at(extra.place(), message).help("combine several constraints into one expression"))
}

fn of_service(service: Service) -> Option<Finding> {
    let constraints = service.view.list("placementConstraints");
    let last = constraints.iter().last()?;
    let task = service.task().known();
    let own = constraints.iter().count();
    let inherited = task.map_or(0, |task| task.view.list("placementConstraints").iter().count());
    // Too many in the task definition alone are reported there.
    if own + inherited <= MAX || inherited > MAX {
        return None;
    }
    let finding = |message: String| {
        Finding::at(last.place(), message).help("combine several constraints into one expression")
    };
    Some(match task.filter(|_| inherited > 0) {
        Some(task) => finding(format!(
            "a task can have at most {MAX} placement constraints (got {own} from the service and {inherited} from its task definition)"
        ))
        .label(task.anchor(), "the service's task definition"),
        None => finding(format!("a service can have at most {MAX} placement constraints (got {own})")),
    })
}
