//! See `rules/classic-load-balancer-unsupported.md`.

use super::prelude::*;

/// Reports Classic Load Balancers where the service has something that they do not go with.
pub fn check(project: &Project, report: &mut Report) {
    for balancer in project.load_balancers() {
        let Some(place) = balancer.classic() else { continue };
        let Some((what, why, why_at)) = conflict(balancer) else { continue };
        report.add(
            Finding::at(place, format!("a Classic Load Balancer does not go with {what}"))
                .label(why_at, why)
                .help("use an Application or Network Load Balancer, and name its target group"),
        );
    }
}

/// What the load balancer does not go with, and where that is said.
fn conflict(balancer: LoadBalancer) -> Option<(&'static str, String, Place)> {
    let service = balancer.service;
    if let Known(Compute::Fargate, place) = service.compute() {
        return Some(("Fargate", service.compute_reason(), place));
    }
    if let Some(task) = service.task().known()
        && let Known(NetworkMode::Awsvpc, place) = task.network_mode()
    {
        return Some(("tasks in `awsvpc` mode", task.network_mode_reason(), place));
    }
    if let Known(_, place) = service.circuit_breaker() {
        return Some((
            "a deployment circuit breaker",
            "the circuit breaker, even one that is off".to_owned(),
            place,
        ));
    }
    let Known(_, place) = balancer.view.object("advancedConfiguration") else { return None };
    Some(("a blue/green deployment", "the advanced configuration".to_owned(), place))
}
