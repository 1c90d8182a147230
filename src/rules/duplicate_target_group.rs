//! See `rules/duplicate-target-group.md`.

use crate::diagnostic::Finding;
use crate::model::{LoadBalancer, Service};
use crate::node::Node;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports target groups that a service registers its tasks with twice.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let mut seen: Vec<&Node> = Vec::new();
        for group in service.load_balancers().flat_map(groups) {
            match seen.iter().find(|known| known.certainly_equals(group)) {
                Some(first) => report.add(twice(service, first, group)),
                None => seen.push(group),
            }
        }
    }
}

/// The values that name the target groups of an entry.
fn groups(balancer: LoadBalancer<'_>) -> Vec<&Node> {
    let alternate = match balancer.view.object("advancedConfiguration") {
        Known(advanced, _) => advanced.entry("alternateTargetGroupArn"),
        _ => None,
    };
    let named = [balancer.view.entry("targetGroupArn"), alternate];
    named.into_iter().flatten().map(|entry| &entry.value).collect()
}

fn twice(service: Service, first: &Node, again: &Node) -> Finding {
    Finding::at(again, format!("{} names this target group twice", service.called()))
        .label(first, "named here first")
        .help("give each entry a target group of its own")
}
