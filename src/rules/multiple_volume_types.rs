//! See `rules/multiple-volume-types.md`.

use super::prelude::*;
use super::support::unsupported::Paths;
use crate::suggest::join_and;

/// The members that say what a volume is, of which one has only one.
const TYPES: Paths = &[
    "host/sourcePath",
    "dockerVolumeConfiguration",
    "efsVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration",
    "s3filesVolumeConfiguration",
    "configuredAtLaunch",
];

/// Reports volumes that are more than one thing.
pub fn check(project: &Project, report: &mut Report) {
    for volume in project.volumes() {
        let given: Vec<_> = TYPES.iter().filter_map(|path| volume.view.given(path)).collect();
        let [first, second, ..] = given.as_slice() else { continue };
        let names = join_and(given.iter().map(|entry| entry.written.as_str()));
        let message = format!("{} is configured more than once, by {names}", volume.called());
        report.add(
            Finding::at(second.key_at, message)
                .label(first.key_at, "configured here already")
                .help("keep the one that says where the volume's data is"),
        );
    }
}
