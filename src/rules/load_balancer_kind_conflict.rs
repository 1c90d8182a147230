//! See `rules/load-balancer-kind-conflict.md`.

use super::prelude::*;

/// Reports services with both a Classic Load Balancer and a target group.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let classic = service.load_balancers().find_map(LoadBalancer::classic);
        let group = service.load_balancers().find_map(|balancer| balancer.view.certainly("targetGroupArn"));
        let first = service.load_balancers().next();
        if let (Some(classic), Some(group), Some(first)) = (classic, group, first) {
            let message =
                format!("{} cannot use both a Classic Load Balancer and a target group", service.called());
            report.add(Finding::at(classic, message).label(group, "the target group").help(format!(
                "remove `{}`; the target group's listeners determine the load balancer",
                first.view.field("loadBalancerName")
            )));
        }
    }
}
