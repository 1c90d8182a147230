//! Names in private zones: records of Route 53, and services of Cloud Map.

use crate::model::links::callee::host;
use crate::model::reference::ref_kind;
use crate::model::{Project, VpcMembership};
use crate::resource::{Kind, RefKind, Resource};
use crate::suggest::is_typo;
use crate::value::{Node, Unknown};

/// A name in a private zone of the files.
#[derive(Clone, Debug)]
pub struct PrivateName<'a> {
    /// The name in the value.
    pub name: String,
    /// The record, or the service of Cloud Map.
    pub record: &'a Resource,
    /// The hosted zone, or the namespace.
    pub zone: &'a Resource,
    /// The VPCs that resolve the names of the zone, as it says.
    pub vpcs: Vec<VpcMembership>,
}

/// The last labels of names that exist in no public zone.
const INTERNAL: [&str; 8] =
    ["internal", "local", "lan", "corp", "home", "private", "intranet", "localdomain"];

impl PrivateName<'_> {
    /// Returns `true` if no public zone can contain the name.
    pub fn is_internal(&self) -> bool {
        self.name.rsplit('.').next().is_some_and(|last| INTERNAL.contains(&last))
    }
}

impl<'a> Project<'a> {
    /// The names in private zones that a value contains, as a text or by a reference to a record.
    pub fn private_names(self, value: &'a Node, from: &Resource) -> Vec<PrivateName<'a>> {
        let by_reference = value.unknowns().filter_map(|why| self.record_of(why, value));
        let mut found: Vec<PrivateName> = by_reference.filter_map(|record| self.in_zone(record)).collect();
        let Some(written) = value.as_str().and_then(host).filter(|host| host.name.contains('.')) else {
            return found;
        };
        let kinds = [Kind::DnsRecord, Kind::DiscoveryService];
        let all = kinds.into_iter().flat_map(|kind| self.in_unit_of(from, kind));
        let named = all.filter_map(|record| self.in_zone(record));
        found.extend(named.filter(|private| private.name.eq_ignore_ascii_case(written.name)));
        found
    }

    /// The name of the only Cloud Map service that a name in its namespace, which no service has, differs from by a typo.
    pub fn nearest_name(self, value: &'a Node, from: &Resource) -> Option<(String, &'a Resource)> {
        let written = host(value.as_str()?)?.name;
        let all = self.in_unit_of(from, Kind::DiscoveryService);
        let names: Option<Vec<PrivateName>> = all.map(|service| self.in_zone(service)).collect();
        let is_in_zone = |name: &&PrivateName| {
            let end = name.zone.request.get("Name").and_then(Node::as_str).unwrap_or_default();
            written.split_once('.').is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(end))
        };
        let names = names?;
        let names: Vec<&PrivateName> = names.iter().filter(is_in_zone).collect();
        let has_aliases = self
            .in_unit_of(from, Kind::Service)
            .any(|service| service.request.get("serviceConnectConfiguration").is_some());
        let is_known = names.iter().any(|known| known.name.eq_ignore_ascii_case(written));
        let mut near = names.iter().filter(|known| is_typo(written, &known.name));
        let nearest = near.next().filter(|_| near.next().is_none() && !is_known && !has_aliases)?;
        let has_record =
            !self.private_names(value, from).is_empty() || self.calls_unread_modules(from.unit());
        (!has_record).then(|| (nearest.name.clone(), nearest.record))
    }

    /// The record whose name an unknown value is.
    fn record_of(self, why: &'a Unknown, value: &Node) -> Option<&'a Resource> {
        let Unknown::Attribute { of, attribute } = why else { return None };
        let is_record = ref_kind(of) == Some(RefKind::Request(Kind::DnsRecord)) && !of.is_data();
        let is_name = is_record && matches!(attribute.as_str(), "fqdn" | "name");
        let node = is_name.then(|| Node::unknown(why.clone(), value.at))?;
        self.resolve(&[Kind::DnsRecord], &node).known()
    }

    /// The name of a record or of a service in its private zone; `None` unless the zone and its VPCs are known.
    fn in_zone(self, record: &'a Resource) -> Option<PrivateName<'a>> {
        self.reads.step(8);
        let own = record.request.get("Name")?.as_str()?.trim_end_matches('.');
        let named = match record.kind {
            Kind::DiscoveryService => {
                let dns = record.request.get("DnsConfig")?;
                record.request.get("NamespaceId").or_else(|| dns.get("NamespaceId"))?
            }
            _ => record.request.get("HostedZoneId")?,
        };
        let zone = self.resolve(&[Kind::HostedZone, Kind::PrivateNamespace], named).known()?;
        let end = zone.request.get("Name")?.as_str()?.trim_end_matches('.');
        // The name of a record may be complete.
        let is_whole = record.kind == Kind::DnsRecord && is_below(own, end);
        let name = if is_whole { own.to_owned() } else { format!("{own}.{end}") };
        let vpcs = self.vpcs_of_zone(zone)?;
        (zone.is_declared() && !vpcs.is_empty()).then_some(PrivateName { name, record, zone, vpcs })
    }

    /// The VPCs of a zone or a namespace; none if it is public; `None` unless all are known.
    fn vpcs_of_zone(self, zone: &'a Resource) -> Option<Vec<VpcMembership>> {
        if zone.ignores("VPCs") {
            return None;
        }
        match zone.kind {
            Kind::PrivateNamespace => Some(vec![self.membership(zone.request.get("Vpc")?)?]),
            _ => {
                let list = self.view(zone).list("VPCs").counted()?;
                list.into_iter().map(|vpc| self.membership(vpc.get("VPCId")?)).collect()
            }
        }
    }

    /// Returns `true` if something in the files may let a VPC resolve a name in another way than by the zone of the name.
    pub(super) fn may_resolve_otherwise(self, name: &PrivateName, vpc: &VpcMembership) -> bool {
        let unit = name.zone;
        let may_contain = |zone: &&'a Resource| {
            let is_outside = zone
                .request
                .get("Name")
                .and_then(Node::as_str)
                .is_some_and(|end| !is_below(&name.name, end.trim_end_matches('.')));
            let is_elsewhere = self.vpcs_of_zone(zone).is_some_and(|vpcs| {
                vpcs.iter().all(|home| home.vpc.is_certainly_other(&vpc.vpc)) && !vpcs.is_empty()
            });
            !is_outside && !is_elsewhere && !zone.is(name.zone)
        };
        let zones = [Kind::HostedZone, Kind::PrivateNamespace];
        self.in_unit_of(unit, Kind::DnsAssociation).next().is_some()
            || self.in_unit_of(unit, Kind::DhcpOptionsAssociation).next().is_some()
            || zones.into_iter().flat_map(|kind| self.in_unit_of(unit, kind)).any(|zone| may_contain(&zone))
            || self.calls_unread_modules(unit.unit())
            || self.has_opaque_refs(name.zone)
    }
}

/// Returns `true` if a name is a zone or in it.
fn is_below(name: &str, zone: &str) -> bool {
    let rest = name.to_ascii_lowercase();
    rest.strip_suffix(&zone.to_ascii_lowercase()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}
