//! See `rules/invalid-s3-files-volume.md`.

use super::prelude::*;
use super::support::root_directory::with_access_point;

/// Reports S3 Files volumes with both an access point and a root directory.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.volumes().filter_map(needless_directory));
}

fn needless_directory(volume: Volume) -> Option<Finding> {
    let files = volume.view.object("s3filesVolumeConfiguration").known()?;
    with_access_point(files.field("rootDirectory"), files.given("accessPointArn")?)
}
