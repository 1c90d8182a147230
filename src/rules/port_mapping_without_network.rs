//! See `rules/port-mapping-without-network.md`.

use super::prelude::*;

/// Reports port mappings in `none` network mode.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(NetworkMode::None, mode_at) = task.network_mode() else { continue };
        for container in task.containers() {
            let Some(entry) = container.view.given("portMappings") else { continue };
            let message = format!(
                "`{}` of {} is not supported in `none` network mode",
                entry.written,
                container.called()
            );
            report.add(
                Finding::at(entry.key_at, message)
                    .label(mode_at, task.network_mode_reason())
                    .help(format!("remove `{}`, or use another network mode", entry.written))
                    .fix(Safety::Unsafe, format!("remove `{}`", entry.written), [Change::remove(entry)]),
            );
        }
    }
}
