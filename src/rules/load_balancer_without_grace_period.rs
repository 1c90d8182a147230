//! See `rules/load-balancer-without-grace-period.md`.

use super::prelude::*;

/// Seconds within which most containers respond.
const ENOUGH: i64 = 60;

/// Reports services without a grace period whose load balancer certainly gives up on a slow task too soon.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| service.grace_period().is_missing()) {
        report.extend(service.load_balancers().find_map(impatient));
    }
}

/// Returns the seconds that a task needs to respond: a container with a longer `startPeriod` needs that time from the
/// load balancer too.
fn needed(service: Service) -> i64 {
    let starts = service.task().known().into_iter().flat_map(|task| task.containers());
    let starts = starts
        .filter_map(|container| container.view.object("healthCheck").known()?.int("startPeriod").known());
    starts.max().unwrap_or_default().max(ENOUGH)
}

fn impatient(entry: LoadBalancer) -> Option<Finding> {
    let service = entry.service;
    let group = entry.target_group().known()?;
    let (Known(times, _), Known(interval, at)) = (group.unhealthy_threshold(), group.health_check_interval())
    else {
        return None;
    };
    // The time in which a task has to respond: the number of checks that can fail, multiplied by their interval.
    let seconds = times * interval;
    if seconds >= needed(service) {
        return None;
    }
    let grace = service.view.field("healthCheckGracePeriodSeconds");
    let message = format!(
        "{} has no `{grace}`, so tasks that start slowly are stopped before they are ready",
        service.called()
    );
    let finding = Finding::at(service.anchor(), message)
        .label(entry.join_place(), "the load balancer checks tasks as soon as they start")
        .label(
            at,
            format!(
                "{times} failed checks, {interval} seconds apart, give a task {seconds} seconds to respond"
            ),
        )
        .help(format!("set `{grace}` to slightly more seconds than the container needs to respond"));
    Some(finding)
}
