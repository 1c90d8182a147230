//! See `rules/too-many-load-balancers.md`.

use super::prelude::*;
use super::support::limit::first_beyond;

/// The most target groups of a service.
const TARGET_GROUPS: usize = 5;

/// Reports services with more load balancers than they may have.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let classic: Vec<Place> = service.load_balancers().filter_map(LoadBalancer::classic).collect();
        if let Some((extra, count)) = first_beyond(service.load_balancers(), TARGET_GROUPS) {
            let message =
                format!("{} has {count} load balancers, and may have {TARGET_GROUPS}", service.called());
            report.add(
                Finding::at(extra.group_place(), message)
                    .help("serve the others from a service of their own"),
            );
        } else if let [first, second, ..] = classic.as_slice() {
            let message =
                format!("{} has {} Classic Load Balancers, and may have 1", service.called(), classic.len());
            report.add(
                Finding::at(*second, message)
                    .label(*first, "the first one")
                    .help("keep one, or use target groups, of which a service may have 5"),
            );
        }
    }
}
