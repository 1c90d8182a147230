//! See `rules/missing-listener-dependency.md`.

use super::prelude::*;
use crate::address::Address;
use crate::model::reference::is_declared;
use crate::model::{Kind, RefKind, Resource};

/// Reports services that may be created before their target group has a load balancer.
pub fn check(project: &Project, report: &mut Report) {
    for balancer in project.load_balancers() {
        let retries = balancer.service.traits().retries_requests;
        let created = if retries { created_too_early } else { created_at_once };
        report.extend(created(project, balancer));
    }
}

/// Reports a service that is created at the same time as all listeners and rules of its target group, and only once.
fn created_at_once(project: &Project, balancer: LoadBalancer) -> Option<Finding> {
    let service = balancer.service.resource;
    let group = balancer.target_group().known()?;
    let forwarders = project.forwarders(group.resource);
    let first = *forwarders.first().filter(|_| service.is_declared())?;
    // Another stack may create its listeners at any time.
    let is_too_late =
        |listener: &&Resource| service.is_in_module_of(listener) && !service.waits_for(listener);
    if !forwarders.iter().all(is_too_late) {
        return None;
    }
    let what = noun(first);
    let own = first.address.as_ref()?;
    let slow = awaited_balancer(first, service).filter(|_| is_ready_soon(service));
    let (verb, finding): (_, fn(Finding) -> Finding) = match slow {
        Some(_) => ("creates", Finding::error),
        None => ("may create", Finding::warning),
    };
    let tool = service.traits.language.tool();
    let message = format!(
        "{tool} {verb} the service before the {what} that associates its target group with a load balancer"
    );
    let forwards = match slow {
        Some(slow) => {
            format!("this {what} forwards to it and waits for `{slow}`; the service waits for neither")
        }
        None => format!("this {what} forwards to it; the service does not wait for it"),
    };
    Some(finding(
        Finding::at(balancer.group_place(), message)
            .label(Place::from(group.resource.header), "the target group")
            .label(Place::from(first.header), forwards)
            .help(format!("add `{}` to the `DependsOn` of the service", own.resource)),
    ))
}

/// Returns the load balancer that a listener or rule waits for but the service does not. Its creation lasts minutes.
fn awaited_balancer<'d>(listener: &'d Resource, service: &Resource) -> Option<&'d Address> {
    let known = service.lifecycle.depends_on.as_deref()?;
    let mut waits = listener.lifecycle.depends_on.iter().flatten().filter(|address| !known.contains(address));
    waits.find(|address| is_declared(address, RefKind::Request(Kind::LoadBalancer)))
}

/// Returns whether everything that a service waits for is created in less time than a load balancer.
fn is_ready_soon(service: &Resource) -> bool {
    let quick = [
        Kind::Task,
        Kind::Cluster,
        Kind::TargetGroup,
        Kind::SecurityGroup,
        Kind::Role,
        Kind::RolePolicy,
        Kind::Policy,
        Kind::LogGroup,
        Kind::Subnet,
        Kind::Repository,
        Kind::Secret,
        Kind::Parameter,
        Kind::Vpc,
    ];
    let is_quick =
        |address: &Address| quick.into_iter().any(|kind| is_declared(address, RefKind::Request(kind)));
    service.lifecycle.depends_on.as_ref().is_some_and(|all| all.iter().all(is_quick))
}

fn noun(listener: &Resource) -> &'static str {
    match listener.kind {
        Kind::ListenerRule => "listener rule",
        _ => "listener",
    }
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

/// Reports a service that does not wait for a certificate that all listeners and rules of its target group wait for.
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
    let what = noun(first);
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
