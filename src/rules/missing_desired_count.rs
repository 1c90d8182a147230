//! See `rules/missing-desired-count.md`.

use super::prelude::*;

/// Reports requests for a replica service without a desired count.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let [name, task] = service.view.fields(["serviceName", "taskDefinition"]);
        let whole = name.certainly().is_some() && task.certainly().is_some();
        let replica =
            service.scheduling().known() == Some("REPLICA") && service.controller().known() == Some("ECS");
        if service.traits().adapts_requests
            || service.traits().completes_requests
            || service.is_description()
            || !whole
            || !replica
        {
            continue;
        }
        if service.view.is_missing("desiredCount") {
            report.add(
                Finding::at(
                    service.anchor(),
                    format!(
                        "{} has no `desiredCount`, which is required for a replica service",
                        service.called()
                    ),
                )
                .help("set `desiredCount`; only a daemon service can omit it"),
            );
        }
    }
}
