//! See `rules/security-group-blocks-registry.md`.

use super::prelude::*;
use super::support::idle;
use super::support::security_groups::{labels, place};
use crate::model::{Direction, Need, Peer};

/// The port of HTTPS, on which ECS reaches registries and AWS services.
const HTTPS: i64 = 443;

/// Reports Fargate services whose tasks cannot open connections to what they need to start.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        if let Some(found) = blocked(project, service) {
            report.join(idle::at_most_warning(service, found));
        }
    }
}

fn blocked(project: &Project, service: Service) -> Option<Finding> {
    let (needs, fargate) = service.startup_needs()?;
    let groups = service.security_group_set()?;
    let bars = project.blocked_by(&groups, Direction::Egress, HTTPS..=HTTPS, Peer::Anything)?;
    // Another registry can have another port.
    let mut needs: Vec<&Need> = needs.iter().filter(|need| need.proof.is_some()).collect();
    needs.sort_by_key(|need| need.step);
    needs.first()?;
    let message = format!(
        "the tasks' security groups do not allow outbound traffic to port {HTTPS}, so ECS cannot start the tasks"
    );
    let proofs = needs.iter().filter_map(|need| need.proof);
    let finding = Finding::at(place(&bars)?, message)
        .labels(labels(&bars, Direction::Egress, "the tasks"))
        .labels(proofs)
        .label(service.anchor(), "the service that runs the tasks")
        .label(fargate, service.compute_reason());
    Some(finding.help(format!("allow outbound TCP traffic on port {HTTPS}")))
}
