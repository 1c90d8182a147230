//! See `rules/links-outside-bridge.md`.

use super::prelude::*;
use super::support::unsupported::Given;

/// Reports links between containers in `host` or `none` network mode.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(mode @ (NetworkMode::Host | NetworkMode::None), mode_at) = task.network_mode() else {
            continue;
        };
        let somewhere = format!("in `{}` network mode", mode.name());
        let why = match mode {
            NetworkMode::Host => "the containers can reach each other on `localhost`",
            _ => "containers can be linked only in `bridge` network mode",
        };
        let links = Given::of_containers(task, &["links"]);
        report.extend(links.map(|given| {
            let help = format!("remove `{}`; {why}", given.entry.written);
            given.report(&somewhere, mode_at, task.network_mode_reason()).help(help)
        }));
    }
}
