//! See `rules/health-check-with-classic-load-balancer.md`.

use super::prelude::*;

/// Reports container health checks in services that use a Classic Load Balancer.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(classic) = service.load_balancers().find_map(LoadBalancer::classic) else {
            continue;
        };
        let Some(task) = service.task().known() else { continue };
        for container in task.containers() {
            let Known(_, place) = container.view.object("healthCheck") else { continue };
            report.add(
                Finding::at(
                    place,
                    format!(
                        "the health check of {} is not supported, because {} uses a Classic Load Balancer",
                        container.called(),
                        service.called()
                    ),
                )
                .label(classic, "the Classic Load Balancer")
                .help("remove the health check, or use an Application or Network Load Balancer"),
            );
        }
    }
}
