//! See `rules/load-balancer-without-grace-period.md`.

use crate::diagnostic::Finding;
use crate::model::{LoadBalancer, Service, TargetGroup};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// So many seconds are enough for most containers to answer.
const ENOUGH: i64 = 60;

/// Reports services whose tasks a load balancer checks from their first second, unless it is patient, or may be.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| service.grace_period().is_missing()) {
        let mut hasty = service.load_balancers().filter(|entry| !is_patient(*entry));
        if let Some(entry) = hasty.next() {
            report.add(finding(service, entry));
        }
    }
}

/// How long a task may take to answer, if nothing else gives it time: the checks that may fail, so far apart.
fn seconds(group: TargetGroup) -> Option<i64> {
    Some(group.health_check_interval().known()? * group.unhealthy_threshold().known()?)
}

/// A container that asks for more time itself needs it of the load balancer too.
fn is_patient(entry: LoadBalancer) -> bool {
    let Some(group) = entry.target_group().known() else { return false };
    let starts = entry.service.task().known().into_iter().flat_map(|task| task.containers());
    let starts = starts
        .filter_map(|container| container.view.object("healthCheck").known()?.int("startPeriod").known());
    let needed = starts.max().unwrap_or_default().max(ENOUGH);
    seconds(group).is_none_or(|seconds| seconds >= needed)
}

fn finding(service: Service, entry: LoadBalancer) -> Finding {
    let term = service.view.term("healthCheckGracePeriodSeconds");
    let message = format!("no `{term}`, so a task that starts slowly is stopped before it is up");
    let finding = Finding::at(service.title(), message)
        .label(entry.view.heading("containerName"), "the load balancer checks tasks from their first second");
    let group = entry.target_group().known();
    let finding = match group.and_then(|group| Some((group, seconds(group)?))) {
        Some((group, seconds)) => match (group.unhealthy_threshold(), group.health_check_interval()) {
            (Known(times, _), Known(interval, at)) => finding.label(
                at,
                format!("{times} checks that fail, {interval} seconds apart: a task has {seconds} seconds"),
            ),
            _ => finding,
        },
        None => finding,
    };
    finding.help(format!("set `{term}` to somewhat more seconds than the container needs to answer"))
}
