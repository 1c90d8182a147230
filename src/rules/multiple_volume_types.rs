//! See `rules/multiple-volume-types.md`.

use crate::diagnostic::Finding;
use crate::nearest::listed;
use crate::project::Project;
use crate::rules::Report;

/// The members that say what a volume is, of which one has only one.
pub(super) const TYPES: &[&str] = &[
    "host/sourcePath",
    "dockerVolumeConfiguration",
    "efsVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration",
    "s3filesVolumeConfiguration",
    "configuredAtLaunch",
];

/// Reports volumes that are more than one thing.
pub fn check(project: &Project, report: &mut Report) {
    for volume in project.tasks().flat_map(|task| task.volumes()) {
        let given: Vec<_> = TYPES.iter().filter_map(|path| volume.view.given(path)).collect();
        let [first, second, rest @ ..] = given.as_slice() else { continue };
        let names =
            [*first, *second].into_iter().chain(rest.iter().copied()).map(|entry| entry.written.as_str());
        let message = format!("{} is configured more than once, by {}", volume.called(), listed(names));
        report.add(
            Finding::at(second.key_at, message)
                .label(first.key_at, "configured here already")
                .help("keep the one that says where the volume's data is"),
        );
    }
}
