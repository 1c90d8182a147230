//! See `rules/duplicate-mount-path.md`.

use super::prelude::*;
use super::support::duplicates;

/// Reports two mounts of one container at the same path. Docker refuses them; Fargate does not use Docker.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let mounts = container.mounts();
        let paths = mounts.iter().map(|mount| (mount.path.as_str(), mount.place));
        let is_docker = container.task.requires("FARGATE").is_none();
        report.extend(duplicates::by_key(paths).map(|(path, first, place)| {
            let finding = Finding::at(place, format!("{} has two mounts at `{path}`", container.called()))
                .label(first, "the first mount at this path")
                .help("use a different path for each mount");
            if is_docker { finding } else { finding.warning() }
        }));
    }
}
