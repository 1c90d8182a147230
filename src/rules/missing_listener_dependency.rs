//! See `rules/missing-listener-dependency.md`.

use super::prelude::*;
use crate::address::Address;
use crate::model::reference::is_declared;
use crate::model::{Kind, RefKind, Resource};

/// Reports services that Terraform may create before their target group has a load balancer.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.load_balancers().filter_map(|balancer| created_too_early(project, balancer)));
}

/// Returns the certificate validation that a listener or rule waits for but the service does not. Everything else, even
/// a new load balancer, exists before the provider gives up creating the service.
fn awaited_certificate<'d>(listener: &'d Resource, service: &Resource) -> Option<&'d Address> {
    let known = service.lifecycle.depends_on.as_deref().unwrap_or_default();
    let waits = listener.lifecycle.depends_on.iter().flatten();
    waits
        .filter(|address| !known.contains(address))
        .find(|address| is_declared(address, RefKind::CertificateValidation))
}

fn created_too_early(project: &Project, balancer: LoadBalancer) -> Option<Finding> {
    let service = balancer.service.resource;
    let group = balancer.target_group().known()?;
    let forwarders = project.forwarders(group.resource);
    let first = forwarders.first().filter(|_| service.is_declared())?;
    let certificate = awaited_certificate(first, service)?;
    if !forwarders.iter().all(|listener| awaited_certificate(listener, service).is_some()) {
        return None;
    }
    if forwarders.iter().any(|listener| service.waits_for(listener)) {
        return None;
    }
    let what = match first.kind {
        Kind::ListenerRule => "listener rule",
        _ => "listener",
    };
    let own = first.address.as_ref()?;
    let help = if service.is_in_module_of(first) {
        format!("add `depends_on = [{}]` to the service", own.resource)
    } else {
        format!("make the service depend on the module that defines the {what}")
    };
    Some(
        Finding::at(
            balancer.group_place(),
            format!(
                "Terraform may create the service before the {what} that associates its target group with a load balancer"
            ),
        )
        .label(Place::from(group.resource.header), "the target group")
        .label(
            Place::from(first.header),
            format!("this {what} forwards to it and waits for `{certificate}`; the service waits for neither"),
        )
        .help(help),
    )
}
