//! See `rules/writable-root-filesystem.md`.

use super::prelude::*;

/// Reports Linux containers that can write to their own file system. Windows has no other kind.
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
                    "{} can change its own programs: its root file system is writable",
                    container.called()
                ),
            )
            .help(format!("set `{term}` to true, and mount volumes where it must write")),
        );
    }
}
