//! See `rules/blue-green-load-balancer.md`.

use super::prelude::*;

/// Reports load balancers without the advanced configuration that blue/green deployments shift traffic by.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let balancers: Vec<LoadBalancer> =
            service.load_balancers().filter(|balancer| balancer.classic().is_none()).collect();
        let with = balancers.iter().find_map(|balancer| balancer.view.certainly("advancedConfiguration"));
        let bare =
            balancers.iter().filter(|balancer| balancer.view.any("advancedConfiguration").is_missing());
        report.extend(bare.filter_map(|balancer| not_configured(service, *balancer, with)));
    }
}

fn not_configured(service: Service, balancer: LoadBalancer, with: Option<Place>) -> Option<Finding> {
    let field = balancer.view.field("advancedConfiguration");
    let at = balancer.view.heading("containerName");
    match (service.strategy(), with) {
        (Known(strategy, place), _) if matches!(strategy, "BLUE_GREEN" | "LINEAR" | "CANARY") => Some(
            Finding::at(at, format!("a load balancer of a `{strategy}` deployment has no `{field}`"))
                .label(place, format!("the strategy is `{strategy}`"))
                .help(format!(
                    "add `{field}` with the second target group, the listener rule and the role that shifts traffic"
                )),
        ),
        (_, Some(with)) => Some(
            Finding::at(at, format!("this load balancer has no `{field}`, but another one of the service has"))
                .label(with, "all load balancers of a service have it, or none has")
                .help(format!("add `{field}` here too, or remove it there")),
        ),
        _ => None,
    }
}
