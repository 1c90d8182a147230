//! See `rules/launch-volume-unmounted.md`.

use super::prelude::*;

/// Reports volumes that are configured at launch but not mounted by any container.
pub fn check(project: &Project, report: &mut Report) {
    for volume in project.volumes() {
        let (Known(name, place), Known(true, launch_at)) = (volume.name(), volume.configured_at_launch())
        else {
            continue;
        };
        if volume.task.mounts(name) == Some(false) {
            let field = volume.view.field("configuredAtLaunch");
            report.add(
                Finding::at(
                    place,
                    format!("volume `{name}` is configured at launch, but no container mounts it"),
                )
                .label(launch_at, format!("`{field}` is set"))
                .help("mount the volume in a container, or remove it"),
            );
        }
    }
}
