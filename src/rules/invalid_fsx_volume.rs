//! See `rules/invalid-fsx-volume.md`.

use super::prelude::*;

/// Reports FSx for Windows File Server volumes that are incomplete or used without Windows instances.
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

/// Reports the first required member that is missing.
fn missing<'a>(
    required: impl IntoIterator<Item = Field<'a>>,
    place: Place,
    volume: Volume,
) -> Option<Finding> {
    let field = required.into_iter().find(|field| field.is_missing())?;
    Some(
        Finding::at(
            place,
            format!("{} uses FSx for Windows File Server but has no `{field}`", volume.called()),
        )
        .help(format!("add `{field}`; the volume cannot be mounted without it")),
    )
}

fn misplaced(volume: Volume, place: Place) -> Option<Finding> {
    let finding = |somewhere: &str, at: Place, reason: &str| {
        let called = volume.called();
        let message =
            format!("{called} uses FSx for Windows File Server, which is not supported {somewhere}");
        Finding::at(place, message)
            .label(at, reason)
            .help("use EFS, or run the task on EC2 Windows instances")
    };
    let task = volume.task;
    match (task.requires("FARGATE"), task.operating_system()) {
        (Some(at), _) => Some(finding("on Fargate", at, "the task definition requires Fargate")),
        // Outside Fargate, the operating system is optional.
        (None, Known("LINUX", at)) if task.view.entry("runtimePlatform").is_some() => {
            Some(finding("on Linux", at, "the operating system is Linux"))
        }
        _ => None,
    }
}
