//! See `rules/missing-task-role.md`.

use super::prelude::*;

/// Reports task definitions without a task role where ECS acts in the task's name.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.services().filter_map(exec_without_role));
    report.extend(project.tasks().filter_map(files_without_role));
}

fn exec_without_role(service: Service) -> Option<Finding> {
    let Known(true, place) = service.view.bool("enableExecuteCommand") else { return None };
    let task = service.task().known()?;
    let role = task.view.field("taskRoleArn");
    role.is_missing().then(|| {
        Finding::at(place, format!("ECS Exec is on, but the task definition has no `{role}`"))
            .label(task.anchor(), format!("no `{role}` here"))
            .help(format!("give the task definition a `{role}` that allows the four `ssmmessages` actions"))
    })
}

fn files_without_role(task: Task) -> Option<Finding> {
    let volume = task
        .view
        .list("volumes")
        .objects()
        .find(|volume| volume.entry("s3filesVolumeConfiguration").is_some())?;
    let role = task.view.field("taskRoleArn");
    role.is_missing().then(|| {
        Finding::at(task.anchor(), format!("an S3 Files volume, but the task definition has no `{role}`"))
            .label(volume.heading("name"), "the volume, which ECS mounts in the task's name")
            .help(format!("set `{role}` to a role that may use the file system"))
    })
}
