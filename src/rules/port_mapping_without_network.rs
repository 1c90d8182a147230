//! See `rules/port-mapping-without-network.md`.

use super::prelude::*;

/// Reports ports of containers that have no network.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(NetworkMode::None, mode_at) = task.network_mode() else { continue };
        for container in task.containers() {
            let Some(entry) = container.view.given("portMappings") else { continue };
            let message = format!("{} maps ports, and in `none` mode it has no network", container.called());
            report.add(
                Finding::at(entry.key_at, message)
                    .label(mode_at, task.network_mode_reason())
                    .help(format!("remove `{}`, or choose another network mode", entry.written))
                    .fix(Safety::Unsafe, format!("remove `{}`", entry.written), [Change::remove(entry)]),
            );
        }
    }
}
