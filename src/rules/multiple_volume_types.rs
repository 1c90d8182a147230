//! See `rules/multiple-volume-types.md`.

use super::prelude::*;
use super::support::unsupported::Paths;
use crate::suggest::join_and;

/// The members that set the type of a volume, which cannot be combined.
const TYPES: Paths = &[
    "host/sourcePath",
    "dockerVolumeConfiguration",
    "efsVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration",
    "s3filesVolumeConfiguration",
    "configuredAtLaunch",
];

/// Reports volumes with more than one type.
pub fn check(project: &Project, report: &mut Report) {
    for volume in project.volumes() {
        let given: Vec<_> = TYPES.iter().filter_map(|path| volume.view.given(path)).collect();
        let [first, second, ..] = given.as_slice() else { continue };
        let names = join_and(given.iter().map(|entry| entry.written.as_str()));
        let message = format!("{names} cannot be combined in {}", volume.called());
        report.add(
            Finding::at(second.key_at, message)
                .label(first.key_at, "already configured here")
                .help("keep only the one that describes where the volume's data is stored"),
        );
    }
}
