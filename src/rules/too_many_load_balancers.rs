//! See `rules/too-many-load-balancers.md`.

use super::prelude::*;
use super::support::limit::first_beyond;

/// Maximum number of target groups of a service.
const TARGET_GROUPS: usize = 5;

/// Reports services with more load balancers than ECS allows.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let classic: Vec<Place> = service.load_balancers().filter_map(LoadBalancer::classic).collect();
        if let Some((extra, count)) = first_beyond(service.load_balancers(), TARGET_GROUPS) {
            let message =
                format!("{} can have at most {TARGET_GROUPS} load balancers (got {count})", service.called());
            report
                .add(Finding::at(extra.group_place(), message).help("move the others to a separate service"));
        } else if let [first, second, ..] = classic.as_slice() {
            let message = format!(
                "{} can have at most 1 Classic Load Balancer (got {})",
                service.called(),
                classic.len()
            );
            report.add(
                Finding::at(*second, message)
                    .label(*first, "the first Classic Load Balancer")
                    .help(format!("keep one, or use target groups (at most {TARGET_GROUPS} per service)")),
            );
        }
    }
}
