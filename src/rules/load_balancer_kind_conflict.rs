//! See `rules/load-balancer-kind-conflict.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Service;
use crate::project::Project;
use crate::rules::Report;

/// Reports Classic Load Balancers beside target groups.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let classic = service.load_balancers().find_map(|balancer| balancer.classic());
        let group = service.load_balancers().find_map(|balancer| balancer.view.certainly("targetGroupArn"));
        if let (Some(classic), Some(group)) = (classic, group) {
            report.add(conflict(service, classic, group));
        }
    }
}

fn conflict(service: Service, classic: Place, group: Place) -> Finding {
    let entry = service.load_balancers().next().map(|balancer| balancer.view);
    let term = |key| entry.map(|view| view.term(key)).unwrap_or_default();
    Finding::at(classic, format!("{} has a Classic Load Balancer beside a target group", service.called()))
        .label(group, "the target group")
        .help(format!(
            "remove `{}`: the load balancer follows from the target group's listeners",
            term("loadBalancerName")
        ))
}
