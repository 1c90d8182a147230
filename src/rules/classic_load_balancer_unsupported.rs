//! See `rules/classic-load-balancer-unsupported.md`.

use super::prelude::*;

/// Reports Classic Load Balancers in services that do not support them.
pub fn check(project: &Project, report: &mut Report) {
    for balancer in project.load_balancers() {
        let Some(place) = balancer.classic() else { continue };
        let Some((what, why, why_at)) = conflict(balancer) else { continue };
        report.add(
            Finding::at(place, format!("Classic Load Balancers are not supported {what}"))
                .label(why_at, why)
                .help("use the target group of an Application or Network Load Balancer instead"),
        );
    }
}

/// Returns what does not support the load balancer, the reason, and the place of the reason.
fn conflict(balancer: LoadBalancer) -> Option<(&'static str, String, Place)> {
    let service = balancer.service;
    if let Known(Compute::Fargate, place) = service.compute() {
        return Some(("on Fargate", service.compute_reason(), place));
    }
    if let Some(task) = service.task().known()
        && let Known(NetworkMode::Awsvpc, place) = task.network_mode()
    {
        return Some(("in `awsvpc` network mode", task.network_mode_reason(), place));
    }
    if let Known(_, place) = service.circuit_breaker() {
        return Some((
            "with a deployment circuit breaker",
            "the deployment circuit breaker must not be set, even if it is disabled".to_owned(),
            place,
        ));
    }
    let Known(_, place) = balancer.view.object("advancedConfiguration") else { return None };
    Some(("in blue/green deployments", "the advanced configuration".to_owned(), place))
}
