//! See `rules/load-balancer-without-grace-period.md`.

use super::prelude::*;

/// So many seconds are enough for most containers to answer.
const ENOUGH: i64 = 60;

/// Reports services whose tasks a load balancer checks from their first second, where it is certainly not patient.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| service.grace_period().is_missing()) {
        report.extend(service.load_balancers().find_map(impatient));
    }
}

/// A container that asks for more time itself needs it of the load balancer too.
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
    // How long a task may take to answer, if nothing else gives it time: the checks that may fail, so far apart.
    let seconds = times * interval;
    if seconds >= needed(service) {
        return None;
    }
    let grace = service.view.field("healthCheckGracePeriodSeconds");
    let message = format!("no `{grace}`, so a task that starts slowly is stopped before it is up");
    let finding = Finding::at(service.anchor(), message)
        .label(entry.join_place(), "the load balancer checks tasks from their first second")
        .label(
            at,
            format!("{times} checks that fail, {interval} seconds apart: a task has {seconds} seconds"),
        )
        .help(format!("set `{grace}` to somewhat more seconds than the container needs to answer"));
    Some(finding)
}
