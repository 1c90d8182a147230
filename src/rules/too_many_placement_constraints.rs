//! See `rules/too-many-placement-constraints.md`.

use super::prelude::*;
use super::support::limit::first_beyond;

/// The most placement constraints that a task may have, those of its service included.
const MAX: usize = 10;

/// Reports tasks with more placement constraints than ECS takes.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.tasks().filter_map(of_task));
    report.extend(project.services().filter_map(of_service));
}

fn of_task(task: Task) -> Option<Finding> {
    let (extra, count) = first_beyond(task.view.list("placementConstraints").iter(), MAX)?;
    let message = format!("the task definition has {count} placement constraints, and ECS takes {MAX}");
    Some(Finding::at(extra.place(), message).help("join several into one expression"))
}

fn of_service(service: Service) -> Option<Finding> {
    let constraints = service.view.list("placementConstraints");
    let last = constraints.iter().last()?;
    let task = service.task().known();
    let own = constraints.iter().count();
    let inherited = task.map_or(0, |task| task.view.list("placementConstraints").iter().count());
    // Too many in the task definition alone are said there.
    if own + inherited <= MAX || inherited > MAX {
        return None;
    }
    let finding =
        |message: String| Finding::at(last.place(), message).help("join several into one expression");
    Some(match task.filter(|_| inherited > 0) {
        Some(task) => finding(format!(
            "the service has {own} placement constraints and its task definition {inherited}, and ECS takes {MAX} in all"
        ))
        .label(task.anchor(), "its task definition"),
        None => finding(format!("the service has {own} placement constraints, and ECS takes {MAX}")),
    })
}
