//! See `rules/grace-period-without-load-balancer.md`.

use super::prelude::*;

/// Reports grace periods of services that nothing checks the health of.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let [grace, balancers] = service.view.fields(["healthCheckGracePeriodSeconds", "loadBalancers"]);
        let Known(seconds @ 1.., place) = grace.int() else { continue };
        if !is_unchecked(service) {
            continue;
        }
        let message = format!("a grace period of {seconds} seconds, but the service has no load balancer");
        report.add(
            Finding::at(place, message)
                .label(
                    service.anchor(),
                    "no load balancer, no VPC Lattice, and no container with a health check",
                )
                .help(format!("remove `{grace}`, or add `{balancers}`"))
                .fix(Safety::Unsafe, format!("remove `{grace}`"), grace.remove()),
        );
    }
}

/// Whether certainly no load balancer, VPC Lattice or health check of a container looks at the tasks.
fn is_unchecked(service: Service) -> bool {
    let balancers = service.view.fields(["loadBalancers", "vpcLatticeConfigurations"]);
    let is_unbalanced = balancers.into_iter().all(|field| field.list().is_empty());
    let Some(task) = service.task().known().filter(|_| is_unbalanced) else { return false };
    task.container_list().is_complete()
        && task.containers().all(|container| container.view.any("healthCheck").is_missing())
}
