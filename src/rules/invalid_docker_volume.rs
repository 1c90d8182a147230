//! See `rules/invalid-docker-volume.md`.

use super::prelude::*;

/// Reports Docker volumes with settings that cannot be combined.
pub fn check(project: &Project, report: &mut Report) {
    for volume in project.volumes() {
        let Known(docker, _) = volume.view.object("dockerVolumeConfiguration") else { continue };
        report.extend([task_autoprovision(docker), driver_on_windows(volume, docker)]);
    }
}

fn task_autoprovision(docker: View) -> Option<Finding> {
    let [autoprovision, scope] = docker.fields(["autoprovision", "scope"]);
    let Known(true, place) = autoprovision.bool() else { return None };
    // The default scope is `task`.
    let is_task = matches!(scope.str(), Missing | Known("task", _));
    is_task.then(|| {
        Finding::at(place, format!("`{autoprovision}` is supported only if `{scope}` is `shared`"))
            .labels(scope.str().place().map(|at| (at, "the scope is `task`")))
            .help(format!("set `{scope}` to `shared`, or remove `{autoprovision}`"))
    })
}

fn driver_on_windows(volume: Volume, docker: View) -> Option<Finding> {
    let (Known(system, system_at), Known(driver, place)) =
        (volume.task.operating_system(), docker.str("driver"))
    else {
        return None;
    };
    (system.starts_with("WINDOWS") && driver != "local").then(|| {
        Finding::at(place, format!("volume driver `{driver}` is not supported on Windows"))
            .label(system_at, "the operating system is Windows")
            .help(format!("set `{}` to `local`", docker.field("driver")))
    })
}
