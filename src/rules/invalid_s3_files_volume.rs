//! See `rules/invalid-s3-files-volume.md`.

use super::prelude::*;

/// Reports S3 Files volumes with both an access point and a root directory.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.volumes().filter_map(needless_directory));
}

fn needless_directory(volume: Volume) -> Option<Finding> {
    let Known(files, _) = volume.view.object("s3filesVolumeConfiguration") else { return None };
    let root = files.field("rootDirectory");
    let (directory, place) = root.str().known_at().filter(|(directory, _)| *directory != "/")?;
    let point = files.given("accessPointArn")?;
    let remove = format!("remove `{root}`");
    Some(
        Finding::at(
            place,
            format!(
                "root directory `{directory}` cannot be combined with an access point, which has its own"
            ),
        )
        .label(&point.value, "the access point")
        .help(format!("{remove}, or set it to `/`"))
        .fix(Safety::Unsafe, remove, root.remove()),
    )
}
