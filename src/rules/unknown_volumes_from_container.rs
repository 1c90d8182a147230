//! See `rules/unknown-volumes-from-container.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::model::Task;
use crate::nearest::{listed, nearest};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{Known, Missing};
use crate::value::View;

/// Reports containers that take the volumes of one that is not there.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        for container in task.containers() {
            for source in container.view.list("volumesFrom").objects() {
                if let Some(finding) = unknown(task, source, &container.called()) {
                    report.add(finding);
                }
            }
        }
    }
}

fn unknown(task: Task, source: View, called: &str) -> Option<Finding> {
    let Known(name, place) = source.str("sourceContainer") else { return None };
    let Missing = task.container(name) else { return None };
    let names: Vec<&str> = task.containers().filter_map(|container| container.name().known()).collect();
    let message = format!("{called} takes the volumes of `{name}`, which is no container of the task");
    let finding = Finding::at(place, message).label(task.title(), "this task definition");
    Some(match nearest(name, names.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(
            Safety::Unsafe,
            format!("write `{near}`"),
            vec![Change::set(&source.entry("sourceContainer")?.value, near)],
        ),
        None => finding.help(format!("it has {}", listed(names))),
    })
}
