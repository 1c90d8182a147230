//! See `rules/missing-task-role.md`.

use crate::diagnostic::Finding;
use crate::model::{Service, Task};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports task definitions without a task role where ECS acts in the task's name.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        if let Some(finding) = exec(service) {
            report.add(finding);
        }
    }
    for task in project.tasks() {
        if let Some(finding) = files(task) {
            report.add(finding);
        }
    }
}

fn exec(service: Service) -> Option<Finding> {
    let Known(true, place) = service.view.bool("enableExecuteCommand") else { return None };
    let task = service.task().known()?;
    let term = task.view.term("taskRoleArn");
    task.view.any("taskRoleArn").is_missing().then(|| {
        Finding::at(place, format!("ECS Exec is on, but the task definition has no `{term}`"))
            .label(task.title(), format!("no `{term}` here"))
            .help(format!("give the task definition a `{term}` that allows the four `ssmmessages` actions"))
    })
}

fn files(task: Task) -> Option<Finding> {
    let volume = task
        .view
        .list("volumes")
        .objects()
        .find(|volume| volume.entry("s3filesVolumeConfiguration").is_some())?;
    let term = task.view.term("taskRoleArn");
    task.view.any("taskRoleArn").is_missing().then(|| {
        Finding::at(task.title(), format!("an S3 Files volume, but the task definition has no `{term}`"))
            .label(volume.heading("name"), "the volume, which ECS mounts in the task's name")
            .help(format!("set `{term}` to a role that may use the file system"))
    })
}
