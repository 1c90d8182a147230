//! See `rules/az-rebalancing-unsupported.md`.

use super::prelude::*;

/// Reports Availability Zone rebalancing that is enabled with settings that it does not support.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known("ENABLED", place) = service.view.str("availabilityZoneRebalancing") else { continue };
        let Some(conflict) = conflict(service) else { continue };
        let term = service.view.field("availabilityZoneRebalancing");
        report.add(
            Finding::at(place, format!("Availability Zone rebalancing {}", conflict.problem))
                .label(conflict.place, conflict.reason)
                .help(format!("{}, or set `{term}` to `DISABLED`", conflict.change)),
        );
    }
}

/// A setting of the service that rebalancing does not support.
struct Conflict {
    /// The predicate of the message.
    problem: String,
    reason: String,
    place: Place,
    /// The way to resolve the conflict.
    change: String,
}

impl Conflict {
    fn new(
        problem: impl Into<String>,
        reason: impl Into<String>,
        place: Place,
        change: impl Into<String>,
    ) -> Conflict {
        Conflict { problem: problem.into(), reason: reason.into(), place, change: change.into() }
    }
}

fn conflict(service: Service) -> Option<Conflict> {
    if let Some(place) = service.daemon() {
        return Some(Conflict::new(
            "is not supported for daemon services",
            "the scheduling strategy is `DAEMON`",
            place,
            "use the `REPLICA` scheduling strategy",
        ));
    }
    if let Known(maximum @ ..=100, place) = service.maximum_percent() {
        let field = service.deployment().known()?.field("maximumPercent");
        return Some(Conflict::new(
            format!("requires `{field}` to be greater than 100 (got {maximum})"),
            format!("maximum {maximum}%"),
            place,
            format!("raise `{field}` above 100"),
        ));
    }
    if let Known("EXTERNAL", place) = service.launch_type() {
        return Some(Conflict::new(
            "is not supported with launch type `EXTERNAL`",
            service.compute_reason(),
            place,
            "use another launch type",
        ));
    }
    if let Some(place) = service.load_balancers().find_map(LoadBalancer::classic) {
        return Some(Conflict::new(
            "is not supported with a Classic Load Balancer",
            "the Classic Load Balancer",
            place,
            "use an Application or Network Load Balancer",
        ));
    }
    let first = service.view.list("placementStrategy").objects().next()?;
    let (Known(kind, at), field) = (first.str("type"), first.str("field")) else { return None };
    let other =
        kind != "spread" || field.known().is_some_and(|field| field != "attribute:ecs.availability-zone");
    let strategy = match field.known() {
        Some(field) => format!("`{kind}` by `{field}`"),
        None => format!("`{kind}`"),
    };
    let required = "`spread` by `attribute:ecs.availability-zone`";
    other.then(|| {
        Conflict::new(
            format!("requires the first placement strategy to be {required}"),
            format!("the first placement strategy is {strategy}"),
            at,
            format!("put {required} first"),
        )
    })
}
