//! See `rules/service-connect-network-mode.md`.

use crate::diagnostic::Finding;
use crate::model::NetworkMode;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports Service Connect in network modes that it does not work in.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let (Some(connect), Some(task)) = (service.connect(), service.task().known()) else { continue };
        let Known(mode, at) = task.network_mode() else { continue };
        let written = task.view.entry("networkMode").is_some();
        if mode == NetworkMode::Awsvpc || (mode == NetworkMode::Bridge && written) || service.is_for_fargate()
        {
            continue;
        }
        let message = match written {
            true => format!("Service Connect does not work with tasks in `{}` mode", mode.name()),
            false => "Service Connect needs a network mode that is written: `awsvpc` or `bridge`".to_owned(),
        };
        report.add(Finding::at(connect.place(), message).label(at, task.network_mode_reason()).help(
            format!("set `{}` of the task definition to `awsvpc` or `bridge`", task.view.term("networkMode")),
        ));
    }
}
