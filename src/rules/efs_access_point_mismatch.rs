//! See `rules/efs-access-point-mismatch.md`.

use super::prelude::*;

/// Reports access points that belong to another file system than that of the volume.
pub fn check(project: &Project, report: &mut Report) {
    for efs in project.volumes().filter_map(Volume::efs) {
        let Some(point) = efs.access_point() else { continue };
        let Some((ours, theirs)) = point.other_file_system() else { continue };
        report.add(
            Finding::at(
                &point.named.value,
                "the access point belongs to another file system than that of the volume",
            )
            .label(ours, "the file system of the volume")
            .label(theirs, "the file system of the access point")
            .help("use an access point of the file system, or the file system of the access point"),
        );
    }
}
