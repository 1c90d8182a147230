//! See `rules/missing-task-role.md`.

use super::prelude::*;

/// Reports task definitions without a task role that use ECS Exec or S3 Files volumes.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.services().filter_map(exec_without_role));
    report.extend(project.tasks().filter_map(files_without_role));
}

fn exec_without_role(service: Service) -> Option<Finding> {
    let Known(true, place) = service.view.bool("enableExecuteCommand") else { return None };
    let task = service.task().known()?;
    let role = task.view.field("taskRoleArn");
    role.is_missing().then(|| {
        Finding::at(place, format!("ECS Exec is enabled, but the task definition has no `{role}`"))
            .label(task.anchor(), "the task definition")
            .help(format!("set `{role}` to a role that allows the four `ssmmessages` actions"))
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
        let message = format!("the task definition has an S3 Files volume, but no `{role}`");
        Finding::at(task.anchor(), message)
            .label(volume.heading("name"), "this volume is mounted with the task role")
            .help(format!("set `{role}` to a role with access to the file system"))
    })
}
