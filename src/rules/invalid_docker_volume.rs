//! See `rules/invalid-docker-volume.md`.

use crate::diagnostic::Finding;
use crate::model::Volume;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// Reports Docker volumes whose settings do not go together.
pub fn check(project: &Project, report: &mut Report) {
    for volume in project.tasks().flat_map(|task| task.volumes()) {
        let Known(docker, _) = volume.view.object("dockerVolumeConfiguration") else { continue };
        let found = [autoprovision(docker), driver(volume, docker)];
        found.into_iter().flatten().for_each(|finding| report.add(finding));
    }
}

fn autoprovision(docker: View) -> Option<Finding> {
    let Known(true, place) = docker.bool("autoprovision") else { return None };
    let scope = docker.str("scope");
    // Without a scope the volume is the task's.
    let is_task = scope.is_missing() || scope.known() == Some("task");
    let (autoprovision, term) = (docker.term("autoprovision"), docker.term("scope"));
    let finding =
        || Finding::at(place, format!("`{autoprovision}` is only for volumes whose `{term}` is `shared`"));
    is_task.then(|| {
        let finding = finding().help(format!("set `{term}` to `shared`, or remove `{autoprovision}`"));
        scope.place().into_iter().fold(finding, |finding, at| finding.label(at, "the scope"))
    })
}

fn driver(volume: Volume, docker: View) -> Option<Finding> {
    let (Known(system, system_at), Known(driver, place)) =
        (volume.task.operating_system(), docker.str("driver"))
    else {
        return None;
    };
    (system.starts_with("WINDOWS") && driver != "local").then(|| {
        Finding::at(place, format!("volume driver `{driver}` does not run on Windows"))
            .label(system_at, "the operating system is Windows")
            .help("set it to `local`")
    })
}
