//! See `rules/platform-version-too-old.md`.

use super::prelude::*;

/// Reports platform versions that do not support what the task definition uses.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(version @ "1.3.0", place) = service.view.str("platformVersion") else { continue };
        let Some(task) = service.task().known() else { continue };
        if task.operating_system().known() != Some("LINUX") {
            continue;
        }
        let Some((what, at)) = newer(task) else { continue };
        report.add(
            Finding::at(
                place,
                format!("platform version {version} does not support {what} (1.4.0 or later is required)"),
            )
            .label(at, "used by the task definition")
            .help(format!("set `{}` to `1.4.0`, or remove it", service.view.field("platformVersion"))),
        );
    }
}

/// Returns a feature of the task definition that requires platform version 1.4.0, and where it is used.
fn newer(task: Task) -> Option<(&'static str, Place)> {
    if let Known(_, place) = task.view.object("ephemeralStorage") {
        return Some(("a configurable ephemeral storage size", place));
    }
    if let Known("task", place) = task.view.str("pidMode") {
        return Some(("a process namespace that the containers share", place));
    }
    if let Known(cpu, place) = task.cpu()
        && cpu >= 8192
    {
        return Some(("task sizes of 8 vCPU or more", place));
    }
    let shared = task.volumes().find_map(|volume| Some(volume.efs()?.view.place()));
    shared.map(|place| ("EFS volumes", place)).or_else(|| task.containers().find_map(newer_in_container))
}

fn newer_in_container(container: Container) -> Option<(&'static str, Place)> {
    if let Some(file) = container.view.list("environmentFiles").objects().next() {
        return Some(("environment files", file.place()));
    }
    let control = container.view.list("systemControls").objects().next();
    control.map(|control| ("system controls", control.place()))
}
