//! See `rules/discovery-without-health-check.md`.

use super::prelude::*;
use crate::model::{Kind, Resource};

/// Reports Cloud Map services without a health check, to which a service registers tasks with one.
pub fn check(project: &Project, report: &mut Report) {
    for discovery in project.of(Kind::DiscoveryService) {
        report.extend(unchecked(project, discovery));
    }
}

fn unchecked(project: &Project, discovery: &Resource) -> Option<Finding> {
    let [checked, custom] = project.view(discovery).fields(["HealthCheckConfig", "HealthCheckCustomConfig"]);
    if !checked.is_missing() || !custom.is_missing() {
        return None;
    }
    let registrations = project.registrations(discovery);
    let checks = registrations
        .iter()
        .filter_map(|found| found.service.task().known()?.containers().find_map(check_of));
    let (check_at, container) = checks.into_iter().next()?;
    let message = format!(
        "the Cloud Map service has no `{custom}`, so its name also leads to tasks that are not healthy"
    );
    Some(
        Finding::at(Place::header(discovery), message)
            .label(
                check_at,
                format!("ECS cannot report the result of this health check of {}", container.called()),
            )
            .labels(registrations.iter().map(|found| (found.place, "the service registers its tasks here")))
            .help(format!("add `{custom}`, for which the Cloud Map service must be recreated")),
    )
}

/// The health check of a container that determines the health of its task.
fn check_of(container: Container) -> Option<(Place, Container)> {
    let at = container.view.certainly("healthCheck")?;
    let check = container.view.object("healthCheck").known()?;
    let is_off = check.list("command").iter().next().is_none_or(|word| word.node.as_str() == Some("NONE"));
    let is_essential = container.view.bool("essential").known() != Some(false);
    (is_essential && !is_off).then_some((at, container))
}
