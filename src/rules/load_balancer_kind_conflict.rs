//! See `rules/load-balancer-kind-conflict.md`.

use super::prelude::*;

/// Reports Classic Load Balancers beside target groups.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let classic = service.load_balancers().find_map(LoadBalancer::classic);
        let group = service.load_balancers().find_map(|balancer| balancer.view.certainly("targetGroupArn"));
        let first = service.load_balancers().next();
        if let (Some(classic), Some(group), Some(first)) = (classic, group, first) {
            let message = format!("{} has a Classic Load Balancer beside a target group", service.called());
            report.add(Finding::at(classic, message).label(group, "the target group").help(format!(
                "remove `{}`: the load balancer follows from the target group's listeners",
                first.view.field("loadBalancerName")
            )));
        }
    }
}
