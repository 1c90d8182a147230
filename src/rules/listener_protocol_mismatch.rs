//! See `rules/listener-protocol-mismatch.md`.

use super::prelude::*;
use crate::model::{Kind, Resource};
use crate::suggest::join_or;

/// Reports listeners whose protocol their load balancer or target group does not support.
pub fn check(project: &Project, report: &mut Report) {
    for resource in project.of(Kind::Listener) {
        let view = project.view(resource);
        let Known(protocol, at) = view.str("Protocol") else { continue };
        let listener = Listener { resource, view, protocol, at };
        let of_balancer = listener.against_balancer(project);
        if of_balancer.is_none() {
            report.extend(listener.against_groups(project));
        }
        report.extend(of_balancer);
    }
}

struct Listener<'a> {
    resource: &'a Resource,
    view: View<'a>,
    protocol: &'a str,
    at: Place,
}

/// Returns the name of a load balancer type, and the protocols that its listeners support.
fn supported(kind: &str) -> Option<(&'static str, &'static [&'static str])> {
    match kind {
        "application" => Some(("an Application Load Balancer", &["HTTP", "HTTPS"])),
        "network" => Some(("a Network Load Balancer", &["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"])),
        _ => None,
    }
}

/// Returns the target group protocols that a listener with this protocol can forward to.
fn forwarded(protocol: &str) -> Option<&'static [&'static str]> {
    match protocol {
        "HTTP" | "HTTPS" => Some(&["HTTP", "HTTPS"]),
        "TCP" => Some(&["TCP", "TCP_UDP"]),
        "TLS" => Some(&["TLS", "TCP"]),
        "UDP" => Some(&["UDP", "TCP_UDP"]),
        "TCP_UDP" => Some(&["TCP_UDP"]),
        _ => None,
    }
}

impl Listener<'_> {
    fn against_balancer(&self, project: &Project) -> Option<Finding> {
        let balancer = Balancer::new(*project, project.balancer_of(self.resource)?);
        let Known(kind, kind_at) = balancer.kind() else { return None };
        let (owner, expected) =
            supported(kind).filter(|(_, protocols)| !protocols.contains(&self.protocol))?;
        let named = self.view.entry("LoadBalancerArn")?;
        let message = format!(
            "invalid protocol `{}` for a listener of {owner}: expected {}",
            self.protocol,
            join_or(expected.iter().copied())
        );
        let term = self.view.field("Protocol");
        Some(
            Finding::at(self.at, message)
                .label(&named.value, "the listener's load balancer")
                .label(kind_at, balancer.kind_reason())
                .help(format!("change the listener's `{term}`, or the type of its load balancer")),
        )
    }

    fn against_groups(&self, project: &Project) -> Vec<Finding> {
        let Some(expected) = forwarded(self.protocol) else { return Vec::new() };
        let targets = project.forward_targets(self.resource).unwrap_or_default();
        let mismatch = |node| {
            let group = project.target_group_of(node).known()?;
            let Known(protocol, place) = TargetGroup::new(*project, group).protocol() else { return None };
            (!expected.contains(&protocol)).then(|| {
                let message = format!(
                    "a listener with protocol `{}` cannot forward to a target group with protocol `{protocol}`",
                    self.protocol
                );
                let expected = join_or(expected.iter().copied());
                Finding::at(self.at, message)
                    .label(node, "the listener forwards to this target group")
                    .label(place, "the target group's protocol")
                    .help(format!("set the target group's protocol to {expected}"))
            })
        };
        targets.into_iter().filter_map(|target| mismatch(target.group)).collect()
    }
}
