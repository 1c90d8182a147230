//! See `rules/too-many-load-balancers.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::LoadBalancer;
use crate::project::Project;
use crate::rules::Report;

/// The most target groups of a service.
const TARGET_GROUPS: usize = 5;

/// Reports services with more load balancers than they may have.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let entries: Vec<LoadBalancer> = service.load_balancers().collect();
        let classic: Vec<Place> = entries.iter().filter_map(|balancer| balancer.classic()).collect();
        if let Some(surplus) = entries.get(TARGET_GROUPS) {
            report.add(
                Finding::at(
                    surplus.group_place(),
                    format!(
                        "{} has {} load balancers, and may have {TARGET_GROUPS}",
                        service.called(),
                        entries.len()
                    ),
                )
                .help("serve the others from a service of their own"),
            );
        } else if let [first, second, ..] = classic.as_slice() {
            report.add(
                Finding::at(
                    *second,
                    format!(
                        "{} has {} Classic Load Balancers, and may have 1",
                        service.called(),
                        classic.len()
                    ),
                )
                .label(*first, "the first one")
                .help("keep one, or use target groups, of which a service may have 5"),
            );
        }
    }
}
