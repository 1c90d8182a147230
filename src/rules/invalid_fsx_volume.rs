//! See `rules/invalid-fsx-volume.md`.

use super::prelude::*;

/// Reports volumes of FSx for Windows that are incomplete, or where there is no Windows to mount them.
pub fn check(project: &Project, report: &mut Report) {
    for volume in project.volumes() {
        let (Known(fsx, _), Some(entry)) = (
            volume.view.object("fsxWindowsFileServerVolumeConfiguration"),
            volume.view.entry("fsxWindowsFileServerVolumeConfiguration"),
        ) else {
            continue;
        };
        let place = Place::from(entry.key_at);
        let required = fsx.fields(["fileSystemId", "rootDirectory", "authorizationConfig"]);
        report.extend(missing(required, place, volume));
        if let Known(authorization, _) = fsx.object("authorizationConfig") {
            let required = authorization.fields(["credentialsParameter", "domain"]);
            report.extend(missing(required, place, volume));
        }
        report.extend(misplaced(volume, place));
    }
}

/// The first of some required members that is not there.
fn missing<'a>(
    required: impl IntoIterator<Item = Field<'a>>,
    place: Place,
    volume: Volume,
) -> Option<Finding> {
    let field = required.into_iter().find(|field| field.is_missing())?;
    Some(
        Finding::at(place, format!("FSx {} has no `{field}`", volume.called()))
            .help(format!("add `{field}`; a volume of FSx for Windows does not mount without it")),
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
