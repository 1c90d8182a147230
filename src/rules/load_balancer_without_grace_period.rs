//! See `rules/load-balancer-without-grace-period.md`.

use super::prelude::*;

/// Seconds that a Java program needs to start.
const JAVA: i64 = 60;

/// Environment variables of Java programs.
const OF_JAVA: [&str; 4] = ["JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "SPRING_PROFILES_ACTIVE"];

/// Reports services without a grace period whose load balancer gives up on a task that is known to start slowly.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| service.grace_period().is_missing()) {
        report.extend(service.load_balancers().find_map(impatient));
    }
}

/// Returns the seconds that a task needs to respond, and the evidence; `None` if nothing indicates a slow start.
fn needed(service: Service) -> Option<(i64, Place, String)> {
    let task = service.task().known()?;
    task.containers()
        .filter_map(|container| start_period(container).or_else(|| java(container)))
        .max_by_key(|(seconds, ..)| *seconds)
}

/// A container with a long `startPeriod` needs that time from the load balancer too.
fn start_period(container: Container) -> Option<(i64, Place, String)> {
    let check = container.view.object("healthCheck").known()?;
    let (seconds, place) = check.int("startPeriod").known_at()?;
    Some((seconds, place, format!("{} has {seconds} seconds to start", container.called())))
}

fn java(container: Container) -> Option<(i64, Place, String)> {
    let environment = container.view.list("environment");
    let mut names = environment.objects().filter_map(|variable| variable.str("name").known_at());
    let (_, place) = names.find(|(name, _)| OF_JAVA.contains(name))?;
    Some((JAVA, place, format!("{} is a Java program, which starts slowly", container.called())))
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
    let (needed, evidence, why) = needed(service)?;
    if seconds >= needed {
        return None;
    }
    let grace = service.view.field("healthCheckGracePeriodSeconds");
    let message = format!(
        "{} has no `{grace}`, so tasks that start slowly are stopped before they are ready",
        service.called()
    );
    let finding = Finding::at(service.anchor(), message)
        .label(evidence, why)
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
