//! See `rules/listener-protocol-mismatch.md`.

use super::prelude::*;
use crate::model::{Kind, Resource};

/// Reports listeners whose protocol their load balancer or their target group does not take.
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

/// The protocols that listeners of a kind of load balancer take.
fn taken(kind: &str) -> Option<&'static [&'static str]> {
    match kind {
        "application" => Some(&["HTTP", "HTTPS"]),
        "network" => Some(&["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"]),
        _ => None,
    }
}

/// The protocols of target groups that a listener of this protocol forwards to.
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
        let taken = taken(kind).filter(|taken| !taken.contains(&self.protocol))?;
        let named = self.view.entry("LoadBalancerArn")?;
        Some(
            Finding::at(self.at, format!("listeners of this load balancer do not take `{}`", self.protocol))
                .label(&named.value, "the listener's load balancer")
                .label(kind_at, balancer.kind_reason())
                .help(format!("write one of `{}`", taken.join("`, `"))),
        )
    }

    fn against_groups(&self, project: &Project) -> Vec<Finding> {
        let Some(takes) = forwarded(self.protocol) else { return Vec::new() };
        let targets = project.forward_targets(self.resource).unwrap_or_default();
        let mismatch = |node| {
            let group = project.target_group_of(node).known()?;
            let Known(protocol, place) = TargetGroup::new(*project, group).protocol() else { return None };
            (!takes.contains(&protocol)).then(|| {
                let message = format!(
                    "a listener of `{}` cannot forward to a target group of `{protocol}`",
                    self.protocol
                );
                Finding::at(self.at, message)
                    .label(node, "the listener forwards to it")
                    .label(place, "the target group's protocol")
                    .help(format!("make the target group's protocol one of `{}`", takes.join("`, `")))
            })
        };
        targets.into_iter().filter_map(|target| mismatch(target.group)).collect()
    }
}
