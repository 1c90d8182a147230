//! The services whose names in DNS or Service Connect a value contains.

use std::ops::RangeInclusive;

use crate::diagnostic::Place;
use crate::model::{Link, Project, Service};
use crate::resource::{Kind, Resource};
use crate::value::Node;
use crate::view::{Value, View};

/// A service to which a name leads.
#[derive(Clone, Copy, Debug)]
pub struct Callee<'a> {
    /// The service.
    pub service: Service<'a>,
    /// The TCP port on which its tasks get the connection.
    pub port: i64,
    /// What gives the service the name: its registration, or its alias.
    pub named: Place,
}

impl Callee<'_> {
    /// The ports on which the services of one name get connections; `None` without a service.
    pub fn ports(callees: &[Callee]) -> Option<RangeInclusive<i64>> {
        let ports = || callees.iter().map(|callee| callee.port);
        Some(ports().min()?..=ports().max()?)
    }
}

/// A host name, and the port that a value contains or that its scheme implies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Host<'t> {
    pub name: &'t str,
    pub port: Option<i64>,
}

impl<'a> Service<'a> {
    /// The services that a value in the environment of the tasks leads to; never the service itself.
    pub fn callees(self, value: &Node) -> Vec<Callee<'a>> {
        let Some(host) = value.as_str().and_then(host) else { return Vec::new() };
        let mut found = self.registered_as(host);
        found.extend(self.aliased_as(host));
        found.retain(|callee| !callee.service.resource.is(self.resource));
        found
    }

    /// The services that register their tasks with the Cloud Map service of a name.
    fn registered_as(self, host: Host) -> Vec<Callee<'a>> {
        let project = self.project;
        let named = |discovery: &&Resource| {
            project.name_in_dns(discovery).is_some_and(|name| name.eq_ignore_ascii_case(host.name))
        };
        let found = project.in_unit_of(self.resource, Kind::DiscoveryService).filter(named);
        let all = found.flat_map(|discovery| project.registrations(discovery));
        all.filter_map(|registration| {
            let service = registration.service;
            let port = host.port.or_else(|| service.only_tcp_port())?;
            Some(Callee { service, port, named: registration.place })
        })
        .collect()
    }

    /// The services with a client alias in the namespace of this one.
    fn aliased_as(self, host: Host) -> Vec<Callee<'a>> {
        let Some(ours) = self.connect() else { return Vec::new() };
        let all = self.project.in_unit_of(self.resource, Kind::Service);
        let all = all.map(|resource| Service::new(self.project, resource));
        let served = all.flat_map(|service| {
            let theirs = service.connect().filter(|theirs| self.shares_namespace(ours, service, *theirs));
            let items = theirs.into_iter().flat_map(|theirs| theirs.list("services").objects());
            items.filter_map(move |item| service.served_as(item, host))
        });
        served.collect()
    }

    pub(super) fn shares_namespace(self, ours: View, other: Service, theirs: View) -> bool {
        match (ours.entry("namespace"), theirs.entry("namespace")) {
            (Some(ours), Some(theirs)) => ours.value.certainly_equals(&theirs.value),
            (None, None) => match (self.cluster(), other.cluster()) {
                (Link::To(ours), Link::To(theirs)) => ours.resource.is(theirs.resource),
                _ => false,
            },
            _ => false,
        }
    }

    /// What a name leads to, if it is the alias of a port of this service.
    fn served_as(self, item: View<'a>, host: Host) -> Option<Callee<'a>> {
        let is_called = |alias: &View| {
            alias.str("dnsName").known().is_some_and(|name| name.eq_ignore_ascii_case(host.name))
                && alias.int("port").known() == host.port
        };
        let alias = item.list("clientAliases").objects().find(is_called)?;
        let port = match item.int("ingressPortOverride") {
            Value::Known(port, _) => port,
            Value::Unknown(_) => return None,
            Value::Missing => {
                let name = item.str("portName").known()?;
                let task = self.task().known()?;
                let mut mappings = task.containers().flat_map(|container| container.port_mappings());
                let named = mappings.find(|mapping| mapping.view.str("name").known() == Some(name))?;
                named.container_port().known()?
            }
        };
        Some(Callee { service: self, port, named: alias.place() })
    }

    /// The container port of the tasks, if there is only one and it is a TCP port.
    fn only_tcp_port(self) -> Option<i64> {
        let task = self.task().known()?;
        let mut mappings = task.containers().flat_map(|container| container.port_mappings());
        let only = mappings.next().filter(|_| mappings.next().is_none())?;
        only.container_port().known().filter(|_| only.protocol().known() == Some("tcp"))
    }
}

impl Project<'_> {
    /// The name that a Cloud Map service has in a private namespace.
    fn name_in_dns(self, discovery: &Resource) -> Option<String> {
        self.reads.step(8);
        let dns = discovery.request.get("DnsConfig")?;
        let named = discovery.request.get("NamespaceId").or_else(|| dns.get("NamespaceId"))?;
        let namespace = self.resolve(&[Kind::PrivateNamespace], named).known()?.request.get("Name")?;
        Some(format!("{}.{}", discovery.request.get("Name")?.as_str()?, namespace.as_str()?))
    }
}

/// The host name in a URL or in front of a port, with the port; `None` for a name alone, which can be anything.
pub fn named_host(text: &str) -> Option<(&str, i64)> {
    let host = host(text)?;
    Some((host.name, host.port?))
}

/// The host of a URL, or of a host name with a port.
pub(super) fn host(text: &str) -> Option<Host<'_>> {
    let (scheme, rest) = text.split_once("://").map_or((None, text), |(scheme, rest)| (Some(scheme), rest));
    let rest = rest.split(['/', '?', '#']).next()?;
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    let (name, written) = rest.split_once(':').map_or((rest, None), |(name, port)| (name, Some(port)));
    let implied = match scheme {
        Some("http" | "ws") => Some(80),
        Some("https" | "wss") => Some(443),
        _ => None,
    };
    let port = match written {
        Some(port) => Some(port.parse().ok()?),
        None => implied,
    };
    let is_name = !name.is_empty()
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-._".contains(letter));
    is_name.then_some(Host { name: name.trim_end_matches('.'), port })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_leads_to_the_host_of_a_url() {
        let parts = |text| host(text).map(|host| (host.name, host.port));
        assert_eq!(
            parts("http://stock.market.internal:8080/v1"),
            Some(("stock.market.internal", Some(8080)))
        );
        assert_eq!(parts("https://stock.market.internal"), Some(("stock.market.internal", Some(443))));
        assert_eq!(parts("redis://user:word@cache.internal:6379/0"), Some(("cache.internal", Some(6379))));
        assert_eq!(parts("stock:9000"), Some(("stock", Some(9000))));
        assert_eq!(parts("stock.market.internal."), Some(("stock.market.internal", None)));
        assert_eq!(parts("a sentence: with a colon"), None);
        assert_eq!(parts("arn:aws:ecs:eu-west-1"), None);
    }
}
