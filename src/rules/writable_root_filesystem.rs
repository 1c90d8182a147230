//! See `rules/writable-root-filesystem.md`.

use super::prelude::*;

/// Reports Linux containers whose root file system is writable. On Windows, it always is.
pub fn check(project: &Project, report: &mut Report) {
    let linux = |container: &Container| container.task.operating_system().known() == Some("LINUX");
    for container in project.containers().filter(linux) {
        let place = match container.view.bool("readonlyRootFilesystem") {
            Known(false, place) => place,
            Missing => container.anchor(),
            Known(true, _) | Unknown(_) => continue,
        };
        let term = container.view.field("readonlyRootFilesystem");
        report.add(
            Finding::at(
                place,
                format!(
                    "the root file system of {} is writable, so the container can change its own programs",
                    container.called()
                ),
            )
            .help(format!(
                "set `{term}` to `true`, and mount volumes for paths that the container writes to"
            )),
        );
    }
}
