//! See `rules/unused-volume.md`.

use super::prelude::*;

/// Reports volumes that no container mounts, except volumes that are configured at launch: another rule reports those.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.volumes().filter_map(unused));
}

fn unused(volume: Volume) -> Option<Finding> {
    let (Known(name, place), Known(false, _)) = (volume.name(), volume.configured_at_launch()) else {
        return None;
    };
    (volume.task.mounts(name) == Some(false)).then(|| {
        Finding::at(place, format!("no container mounts volume `{name}`"))
            .help("mount it in a container, or remove the volume")
            .fix(Safety::Unsafe, "remove the volume", [Change::remove_item(volume.view.node)])
    })
}
