//! See `rules/az-rebalancing-unsupported.md`.

use super::prelude::*;

/// Reports rebalancing between Availability Zones with what it does not support.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known("ENABLED", place) = service.view.str("availabilityZoneRebalancing") else { continue };
        let Some((what, why, at)) = conflict(service) else { continue };
        let term = service.view.field("availabilityZoneRebalancing");
        report.add(
            Finding::at(place, format!("rebalancing between zones does not go with {what}"))
                .label(at, why)
                .help(format!("change that, or set `{term}` to `DISABLED`")),
        );
    }
}

fn conflict(service: Service) -> Option<(&'static str, String, Place)> {
    if let Some(place) = service.daemon() {
        return Some(("daemons", "a daemon".to_owned(), place));
    }
    if let Known(maximum @ ..=100, place) = service.maximum_percent() {
        return Some(("a maximum of 100 %", format!("{maximum} % may run"), place));
    }
    if let Known("EXTERNAL", place) = service.launch_type() {
        return Some(("launch type `EXTERNAL`", service.compute_reason(), place));
    }
    if let Some(place) = service.load_balancers().find_map(LoadBalancer::classic) {
        return Some(("a Classic Load Balancer", "the Classic Load Balancer".to_owned(), place));
    }
    let first = service.view.list("placementStrategy").objects().next()?;
    let (Known(kind, at), field) = (first.str("type"), first.str("field")) else { return None };
    let other =
        kind != "spread" || field.known().is_some_and(|field| field != "attribute:ecs.availability-zone");
    let why =
        format!("the first strategy is `{kind}`, and not to spread by `attribute:ecs.availability-zone`");
    other.then_some(("another first placement strategy", why, at))
}
