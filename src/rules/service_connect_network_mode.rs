//! See `rules/service-connect-network-mode.md`.

use super::prelude::*;

/// Reports Service Connect with tasks in a network mode that does not support it.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let (Some(connect), Some(task)) = (service.connect(), service.task().known()) else { continue };
        let Known(mode, at) = task.network_mode() else { continue };
        let field = task.view.field("networkMode");
        let written = field.entry().is_some();
        if mode == NetworkMode::Awsvpc || (mode == NetworkMode::Bridge && written) || service.is_for_fargate()
        {
            continue;
        }
        let message = if written {
            format!("Service Connect is not supported in `{}` network mode", mode.name())
        } else {
            format!("Service Connect requires an explicit `{field}`: `awsvpc` or `bridge`")
        };
        report.add(
            Finding::at(connect.place(), message)
                .label(at, task.network_mode_reason())
                .help(format!("set `{field}` in the task definition to `awsvpc` or `bridge`")),
        );
    }
}
