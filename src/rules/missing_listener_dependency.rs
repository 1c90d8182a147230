//! See `rules/missing-listener-dependency.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::LoadBalancer;
use crate::node::{Kind as NodeKind, Unknown};
use crate::project::{Document, Kind, Project};
use crate::rules::Report;

/// Reports services that Terraform may make before their target group has a load balancer.
pub fn check(project: &Project, report: &mut Report) {
    for balancer in project.services().flat_map(|service| service.load_balancers()) {
        if let Some(finding) = early(project, balancer) {
            report.add(finding);
        }
    }
}

/// Whether a listener or rule waits for a load balancer that Terraform makes too, which takes minutes. On one that is
/// there already it is made in a second, and the provider tries again for longer than that.
fn is_slow(project: &Project, listener: &Document) -> bool {
    let is_rule = listener.kind == Kind::ListenerRule;
    let key = if is_rule { "ListenerArn" } else { "LoadBalancerArn" };
    let Some(named) = listener.request.get(key) else { return false };
    match project.listener_of(named, listener.scope).known() {
        Some(on) if is_rule && on.kind == Kind::Listener => is_slow(project, on),
        _ => match &named.kind {
            NodeKind::Unknown(Unknown::Attribute { address, .. }) => !address.contains("data."),
            _ => false,
        },
    }
}

fn early(project: &Project, balancer: LoadBalancer) -> Option<Finding> {
    let service = balancer.service.document;
    let group = balancer.target_group().known()?;
    let forwarders = project.forwarders(group.document);
    let first = forwarders.first().filter(|_| service.address.is_some())?;
    if !forwarders.iter().all(|listener| is_slow(project, listener)) {
        return None;
    }
    if forwarders.iter().any(|listener| service.waits_for(listener)) {
        return None;
    }
    let what = match first.kind {
        Kind::ListenerRule => "listener rule",
        _ => "listener",
    };
    let address = first.address.as_deref()?;
    let own = address.split('[').next().filter(|own| !own.starts_with("module."));
    let help = match own {
        Some(own) if service.is_beside(first) => format!("add `depends_on = [{own}]` to the service"),
        _ if service.is_beside(first) => format!("name the {what} in the service's `depends_on`"),
        _ => format!("let the service depend on the module that makes the {what}"),
    };
    Some(
        Finding::at(
            balancer.group_place(),
            format!(
                "Terraform may make the service before the {what} that gives its target group a load balancer"
            ),
        )
        .label(Place::from(group.document.title), "the target group")
        .label(
            Place::from(first.title),
            format!("this {what} forwards to it, and the service does not wait for it"),
        )
        .help(help),
    )
}
