//! See `rules/blue-green-load-balancer.md`.

use super::prelude::*;

/// Reports load balancers without the advanced configuration that blue/green deployments require.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let balancers: Vec<LoadBalancer> =
            service.load_balancers().filter(|balancer| balancer.classic().is_none()).collect();
        let with = balancers.iter().find_map(|balancer| balancer.view.certainly("advancedConfiguration"));
        let bare = balancers.iter().filter(|balancer| balancer.view.is_missing("advancedConfiguration"));
        report.extend(bare.filter_map(|balancer| not_configured(service, *balancer, with)));
    }
}

fn not_configured(service: Service, balancer: LoadBalancer, with: Option<Place>) -> Option<Finding> {
    let field = balancer.view.field("advancedConfiguration");
    let at = balancer.view.heading("containerName");
    match (service.strategy(), with) {
        (Known(strategy, place), _) if matches!(strategy, "BLUE_GREEN" | "LINEAR" | "CANARY") => Some(
            Finding::at(at, format!("`{field}` is required for each load balancer in a `{strategy}` deployment"))
                .label(place, format!("the deployment strategy is `{strategy}`"))
                .help(format!(
                    "add `{field}` with the alternate target group, the listener rule, and the role that shifts traffic"
                )),
        ),
        (_, Some(with)) => Some(
            Finding::at(at, format!("this load balancer has no `{field}`, but another load balancer of the service does"))
                .label(with, format!("`{field}` of the other load balancer"))
                .help(format!("set `{field}` for all load balancers of the service or for none")),
        ),
        _ => None,
    }
}
