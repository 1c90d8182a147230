//! See `rules/grace-period-without-load-balancer.md`.

use super::prelude::*;

/// Reports health check grace periods of services whose tasks have no health checks.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let [grace, balancers] = service.view.fields(["healthCheckGracePeriodSeconds", "loadBalancers"]);
        let Known(seconds @ 1.., place) = grace.int() else { continue };
        if !is_unchecked(service) {
            continue;
        }
        let message = format!("`{grace}` is set to {seconds} seconds, but the service has no load balancer");
        report.add(
            Finding::at(place, message)
                .label(
                    service.anchor(),
                    "no load balancer, VPC Lattice configuration, gateway, or container health check",
                )
                .help(format!("remove `{grace}`, or add `{balancers}`"))
                .fix(Safety::Unsafe, format!("remove `{grace}`"), grace.remove()),
        );
    }
}

/// Whether the service certainly has no load balancer, VPC Lattice configuration, gateway, or container health check.
fn is_unchecked(service: Service) -> bool {
    let Some(task) = service.task().known().filter(|_| service.is_unregistered()) else { return false };
    task.container_list().is_complete()
        && task.containers().all(|container| container.view.is_missing("healthCheck"))
}
