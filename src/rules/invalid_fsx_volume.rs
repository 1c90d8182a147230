//! See `rules/invalid-fsx-volume.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Volume;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{Known, Missing};
use crate::value::View;

/// What of a volume's configuration, and of the authorization in it, must be there.
const REQUIRED: &[&str] = &["fileSystemId", "rootDirectory", "authorizationConfig"];
const AUTHORIZATION: &[&str] = &["credentialsParameter", "domain"];

/// Reports volumes of FSx for Windows that are incomplete, or where there is no Windows to mount them.
pub fn check(project: &Project, report: &mut Report) {
    for volume in project.tasks().flat_map(|task| task.volumes()) {
        let (Known(fsx, _), Some(entry)) = (
            volume.view.object("fsxWindowsFileServerVolumeConfiguration"),
            volume.view.entry("fsxWindowsFileServerVolumeConfiguration"),
        ) else {
            continue;
        };
        let place = Place::from(entry.key_at);
        let incomplete = missing(fsx, REQUIRED, place, volume);
        let inner = match fsx.object("authorizationConfig") {
            Known(authorization, _) => missing(authorization, AUTHORIZATION, place, volume),
            _ => None,
        };
        let found = [incomplete, inner, misplaced(volume, place)];
        found.into_iter().flatten().for_each(|finding| report.add(finding));
    }
}

fn missing(view: View, keys: &[&str], place: Place, volume: Volume) -> Option<Finding> {
    let key = keys.iter().find(|key| matches!(view.any(key), Missing))?;
    let term = view.term(key);
    Some(
        Finding::at(place, format!("FSx {} has no `{term}`", volume.called()))
            .help(format!("add `{term}`; a volume of FSx for Windows does not mount without it")),
    )
}

fn misplaced(volume: Volume, place: Place) -> Option<Finding> {
    let finding = |somewhere: &str, at: Place, reason: &str| {
        Finding::at(place, format!("{} of FSx for Windows cannot be mounted {somewhere}", volume.called()))
            .label(at, reason)
            .help("use EFS, or run the task on Windows instances of EC2")
    };
    let task = volume.task;
    match (task.requires("FARGATE"), task.operating_system()) {
        (Some(at), _) => Some(finding("on Fargate", at, "the task definition asks for Fargate here")),
        // Off Fargate the operating system need not be said.
        (None, Known("LINUX", at)) if task.view.entry("runtimePlatform").is_some() => {
            Some(finding("on Linux", at, "the operating system is Linux"))
        }
        _ => None,
    }
}
