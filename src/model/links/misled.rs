//! Names in the environment of tasks that certainly lead to nothing: aliases of Service Connect that the tasks do not have, and names
//! in zones that their VPC does not resolve.

use crate::diagnostic::Place;
use crate::model::links::callee::{Host, host};
use crate::model::links::zone::PrivateName;
use crate::model::{Container, NetworkMode, Service, VpcMembership};
use crate::resource::Kind;
use crate::value::Node;
use crate::view::{Value, View};

/// An alias of Service Connect with some name.
#[derive(Clone, Copy, Debug)]
pub struct Alias<'a> {
    /// The service that has the alias.
    pub service: Service<'a>,
    /// The place of the alias.
    pub place: Place,
    port: Value<i64>,
}

/// Why a name leads to nothing.
#[derive(Clone, Debug)]
pub enum Misled<'a> {
    /// It is an alias of Service Connect, which the client does not use.
    WithoutConnect(Alias<'a>),
    /// It is an alias in another namespace than that of the client.
    OtherNamespace {
        /// The alias.
        alias: Alias<'a>,
        /// The namespace of the client.
        ours: Place,
        /// The namespace of the alias.
        theirs: Place,
    },
    /// The alias has another port.
    OtherPort {
        /// The alias.
        alias: Alias<'a>,
        /// Its port.
        port: i64,
        /// The port that the tasks use.
        used: i64,
    },
    /// The zone of the name belongs to another VPC than that of the tasks.
    OtherVpc {
        /// The name.
        name: PrivateName<'a>,
        /// The VPC of the tasks.
        ours: VpcMembership,
    },
}

impl<'a> Service<'a> {
    /// Why a value in the environment of a container of its tasks leads to nothing; `None` unless this is certain.
    pub fn misled(self, container: Container<'a>, value: &'a Node) -> Option<Misled<'a>> {
        let by_alias = || self.misled_by_alias(container, value.as_str().and_then(host)?);
        by_alias().or_else(|| self.misled_by_zone(value))
    }

    fn misled_by_alias(self, container: Container<'a>, host: Host) -> Option<Misled<'a>> {
        let used = host.port?;
        let aliases = self.aliases(host.name);
        let first = *aliases.first()?;
        let connect = self.view.object("serviceConnectConfiguration");
        let is_on = connect.then(|connect| connect.bool("enabled")).or_default(false, self.anchor());
        // A name with dots may be in a zone too.
        let is_alias_only = !host.name.contains('.');
        match (is_on, connect) {
            (Value::Known(false, _), _) => {
                let is_certain = is_alias_only && has_no_other_names(container, host.name);
                is_certain.then_some(Misled::WithoutConnect(first))
            }
            (Value::Known(true, _), Value::Known(ours, _)) => {
                let others: Option<Vec<_>> =
                    aliases.iter().map(|alias| other_namespace(ours, alias.service.connect()?)).collect();
                match others.and_then(|others| others.first().copied()) {
                    Some((ours, theirs)) if is_alias_only => {
                        Some(Misled::OtherNamespace { alias: first, ours, theirs })
                    }
                    Some(_) => None,
                    None => self.on_other_port(ours, &aliases, used),
                }
            }
            _ => None,
        }
    }

    /// The alias to which a name leads, if the port in use is certainly none of those that it has.
    fn on_other_port(self, ours: View<'a>, aliases: &[Alias<'a>], used: i64) -> Option<Misled<'a>> {
        let is_ours = |alias: &&Alias<'a>| {
            let theirs = alias.service.connect();
            theirs.is_some_and(|theirs| self.shares_namespace(ours, alias.service, theirs))
        };
        let ports: Option<Vec<i64>> = aliases.iter().map(|alias| alias.port.known()).collect();
        let alias = *aliases.iter().find(is_ours).filter(|_| aliases.iter().all(|alias| is_ours(&alias)))?;
        let (ports, port) = (ports?, alias.port.known()?);
        (!ports.contains(&used)).then_some(Misled::OtherPort { alias, port, used })
    }

    /// The aliases with a name of other services; none unless the aliases of all services are known.
    fn aliases(self, name: &str) -> Vec<Alias<'a>> {
        let all = self.project.in_unit_of(self.resource, Kind::Service);
        let all = all.map(|resource| Service::new(self.project, resource));
        let found: Option<Vec<_>> = all.map(|service| service.own_aliases(name)).collect();
        let mut found = found.unwrap_or_default().concat();
        found.retain(|alias| !alias.service.resource.is(self.resource));
        found
    }

    fn own_aliases(self, name: &str) -> Option<Vec<Alias<'a>>> {
        let connect = match self.view.object("serviceConnectConfiguration") {
            Value::Missing => return Some(Vec::new()),
            connect => connect.known()?,
        };
        let mut found = Vec::new();
        let items = connect.list("services");
        for item in items.objects() {
            let aliases = item.list("clientAliases");
            for alias in aliases.objects() {
                match alias.str("dnsName") {
                    Value::Known(known, _) if known.eq_ignore_ascii_case(name) => {
                        found.push(Alias { service: self, place: alias.place(), port: alias.int("port") });
                    }
                    Value::Unknown(_) => return None,
                    Value::Known(..) | Value::Missing => {}
                }
            }
            aliases.counted()?;
        }
        items.counted()?;
        Some(found)
    }

    /// The zone of a name in a value, if it certainly belongs to another VPC than the tasks.
    fn misled_by_zone(self, value: &'a Node) -> Option<Misled<'a>> {
        let subnets = self.origin_subnets();
        let homes = subnets.iter().map(|subnet| self.project.vpc_of_named(&[Kind::Subnet], subnet));
        let homes: Vec<VpcMembership> = homes.collect::<Option<_>>()?;
        let ours = homes.first()?.clone();
        let name = self.project.private_names(value, self.resource).into_iter().next()?;
        let is_elsewhere = name.vpcs.iter().all(|home| home.vpc.is_certainly_other(&ours.vpc));
        let is_one = homes.iter().all(|home| home.vpc == ours.vpc);
        let is_certain = is_one && is_elsewhere && !self.project.may_resolve_otherwise(&name, &ours);
        is_certain.then_some(Misled::OtherVpc { name, ours })
    }
}

/// The namespaces of two configurations of Service Connect, if they certainly differ.
fn other_namespace(ours: View, theirs: View) -> Option<(Place, Place)> {
    let (ours, theirs) = (&ours.entry("namespace")?.value, &theirs.entry("namespace")?.value);
    let differs = match (ours.resource(), theirs.resource()) {
        (Some(ours), Some(theirs)) => !ours.is_data() && !theirs.is_data() && ours.is_certainly_other(theirs),
        _ => {
            let is_plain_name = |node: &Node| node.as_str().is_some_and(|name| !name.contains(':'));
            is_plain_name(ours) && is_plain_name(theirs) && ours.as_str() != theirs.as_str()
        }
    };
    differs.then(|| (Place::from(ours), Place::from(theirs)))
}

/// Returns `true` if a container certainly resolves a name without dots only by Service Connect: neither its hosts file, nor its search
/// domains, nor the name of another container gives it a meaning.
fn has_no_other_names(container: Container, name: &str) -> bool {
    let is_own = container.task.network_mode().known() == Some(NetworkMode::Awsvpc);
    let is_plain =
        ["extraHosts", "dnsSearchDomains", "dnsServers"].iter().all(|key| container.view.is_missing(key));
    let is_sibling =
        container.task.containers().any(|other| other.name().known().is_none_or(|own| own == name));
    is_own && is_plain && !is_sibling && container.task.view.is_missing("proxyConfiguration")
}
