//! See `rules/discovery-in-public-namespace.md`.

use super::prelude::*;
use crate::model::reference::is_declared;
use crate::model::{Kind, RefKind, Resource};

/// Reports tasks with public IP addresses whose private addresses are registered in a public namespace.
pub fn check(project: &Project, report: &mut Report) {
    for discovery in project.of(Kind::DiscoveryService) {
        report.extend(public(project, discovery));
    }
}

fn public(project: &Project, discovery: &Resource) -> Option<Finding> {
    let view = project.view(discovery);
    let dns = view.object("DnsConfig").known()?;
    let named = view.entry("NamespaceId").or_else(|| dns.entry("NamespaceId"))?;
    let namespace = named.value.resource().filter(|of| is_declared(of, RefKind::PublicNamespace))?;
    let registrations = project.registrations(discovery);
    let (found, public_at) =
        registrations.iter().find_map(|found| match found.service.assign_public_ip() {
            Known(true, at) => Some((found, at)),
            _ => None,
        })?;
    let message = format!("`{namespace}` is public, but ECS registers the private IP addresses of the tasks");
    Some(
        Finding::at(&named.value, message)
            .label(found.place, "the service registers its tasks here")
            .label(public_at, "the tasks have public IP addresses, which are not registered")
            .help("use a private namespace, or a load balancer for clients outside the VPC"),
    )
}
