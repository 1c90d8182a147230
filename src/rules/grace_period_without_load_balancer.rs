//! See `rules/grace-period-without-load-balancer.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::model::Service;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports grace periods of services that nothing checks the health of.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(seconds, place) = service.grace_period() else { continue };
        if seconds > 0 && is_unchecked(service) {
            let term = service.view.term("healthCheckGracePeriodSeconds");
            let message =
                format!("a grace period of {seconds} seconds, but the service has no load balancer");
            let change = service.view.entry("healthCheckGracePeriodSeconds").map(Change::remove);
            report.add(
                Finding::at(place, message)
                    .fix(Safety::Unsafe, format!("remove `{term}`"), change.into_iter().collect())
                    .label(
                        service.title(),
                        "no load balancer, no VPC Lattice, and no container with a health check",
                    )
                    .help(format!("remove `{term}`, or add `{}`", service.view.term("loadBalancers"))),
            );
        }
    }
}

/// Whether certainly no load balancer, VPC Lattice or health check of a container looks at the tasks.
fn is_unchecked(service: Service) -> bool {
    let unbalanced =
        ["loadBalancers", "vpcLatticeConfigurations"].iter().all(|key| service.list(key).is_empty());
    let Some(task) = service.task().known().filter(|_| unbalanced) else { return false };
    task.container_list().is_complete()
        && task.containers().all(|container| container.view.any("healthCheck").is_missing())
}
