//! See `rules/links-outside-bridge.md`.

use super::fargate_unsupported_parameter::{Given, finding, of_containers};
use crate::model::NetworkMode;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports links between containers that share the host's network, or have none.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(mode @ (NetworkMode::Host | NetworkMode::None), mode_at) = task.network_mode() else {
            continue;
        };
        let somewhere = format!("in `{}` mode", mode.name());
        for Given { entry, of } in of_containers(task, &["links"]) {
            let finding = finding(entry, &of, &somewhere, mode_at, task.network_mode_reason());
            report.add(match mode {
                NetworkMode::Host => {
                    finding.help("remove it; the containers reach each other on `localhost`")
                }
                _ => finding.help("remove it; only containers in `bridge` mode are linked"),
            });
        }
    }
}
