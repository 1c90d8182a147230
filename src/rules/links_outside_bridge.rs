//! See `rules/links-outside-bridge.md`.

use super::prelude::*;
use super::support::unsupported::Given;

/// Reports links between containers that share the host's network, or have none.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(mode @ (NetworkMode::Host | NetworkMode::None), mode_at) = task.network_mode() else {
            continue;
        };
        let somewhere = format!("in `{}` mode", mode.name());
        let help = match mode {
            NetworkMode::Host => "remove it; the containers reach each other on `localhost`",
            _ => "remove it; only containers in `bridge` mode are linked",
        };
        let links = Given::of_containers(task, &["links"]);
        report.extend(
            links.map(|given| given.report(&somewhere, mode_at, task.network_mode_reason()).help(help)),
        );
    }
}
