//! VPC endpoints and the AWS services that they provide access to, without a route out of the VPC.

use crate::address::UnitId;
use crate::diagnostic::Place;
use crate::model::{Project, SecurityGroupSet, Vpc};
use crate::resource::{Kind, Resource};
use crate::value::{Entry, Node, NodeKind};
use crate::view::{Value, View};
use crate::workspace::Reference;

/// The VPC endpoints that tasks in some subnets can use.
#[derive(Debug)]
pub(crate) struct Endpoints<'a> {
    /// The known endpoints, some of which may be in another VPC.
    pub there: Vec<Endpoint<'a>>,
    /// Whether these are certainly all of them.
    pub is_complete: bool,
}

/// A VPC endpoint.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Endpoint<'a> {
    /// The place of the service name, or of the endpoint itself.
    pub place: Place,
    /// The service name, as far as it is known.
    name: Option<&'a Node>,
    /// The endpoint itself.
    pub resource: &'a Resource,
    view: View<'a>,
    /// Whether the names of the service lead to it inside the VPC.
    private_dns: Value<bool>,
    /// Whether a hosted zone in the files may give it the names of the service.
    may_have_own_zone: bool,
    /// Whether it certainly is a gateway endpoint that the route table of some subnet does not lead to.
    is_unrouted: bool,
}

impl Endpoints<'_> {
    /// Returns `true` if one of the endpoints may be for an AWS service, such as `ecr.api`.
    pub fn may_lead_to(&self, service: &str) -> bool {
        self.there.iter().any(|endpoint| endpoint.may_lead_to(service))
    }

    /// Returns `true` if one of the endpoints may be for an AWS service in a Region.
    pub fn may_lead_to_region(&self, service: &str, region: Option<&str>) -> bool {
        self.there.iter().any(|endpoint| !endpoint.is_outside(region) && endpoint.may_lead_to(service))
    }

    /// Returns `true` if an endpoint with addresses in the VPC may be for an AWS service.
    pub fn may_have_interface(&self, service: &str) -> bool {
        let mut there = self.there.iter().filter(|endpoint| endpoint.is_interface() != Some(false));
        there.any(|endpoint| endpoint.may_lead_to(service))
    }
}

impl<'a> Endpoint<'a> {
    /// Returns `true` if the endpoint certainly is for an AWS service.
    pub fn is_for(&self, service: &str) -> bool {
        let end = self.name.map(Node::known_end).unwrap_or_default();
        let end = end.strip_suffix("-fips").unwrap_or(&end);
        end.strip_suffix(service).is_some_and(|rest| rest.ends_with('.'))
    }

    /// Returns `true` if the endpoint may be for an AWS service.
    pub fn may_be_for(&self, service: &str) -> bool {
        self.name.is_none_or(|name| may_name(name, service))
    }

    /// Returns `true` if the endpoint certainly is for the services of another Region. AWS (VPC user guide, gateway endpoints): "A
    /// gateway endpoint is available only in the Region where you created it."
    pub fn is_outside(&self, region: Option<&str>) -> bool {
        let name = self.name.map(Node::known_start).unwrap_or_default();
        let own = name.split_once("com.amazonaws.").and_then(|(_, rest)| rest.split_once('.'));
        let own = own.map(|(own, _)| own).filter(|_| self.view.is_missing("ServiceRegion"));
        own.zip(region).is_some_and(|(own, region)| own != region)
    }

    /// The list of the route tables that lead to the endpoint, or the endpoint itself, if the table of a subnet certainly does not.
    pub fn unrouted(&self) -> Option<Place> {
        let list = || self.view.entry("RouteTableIds").map(|entry| Place::from(&entry.value));
        self.is_unrouted.then(|| list().unwrap_or(Place::header(self.resource)))
    }

    /// Whether it is an interface endpoint; the default is a gateway endpoint.
    pub fn is_interface(&self) -> Option<bool> {
        let kind = self.view.str("VpcEndpointType").or_default("Gateway", self.place);
        kind.known().map(|kind| kind == "Interface")
    }

    /// The place that says that the names of the service do not lead to the endpoint inside the VPC; `None` if they may.
    pub fn without_private_dns(&self) -> Option<Place> {
        let Value::Known(false, place) = self.private_dns else { return None };
        (self.is_interface() == Some(true) && !self.may_have_own_zone).then_some(place)
    }

    /// The subnets of its network interfaces; `None` unless all are known.
    pub fn subnets(&self) -> Option<Vec<&'a Node>> {
        self.view.list("SubnetIds").counted().filter(|subnets| !subnets.is_empty())
    }

    /// The resource that sets its policy, and the member with it; `None` for the policy that allows everything.
    pub fn policy(&self, project: Project<'a>) -> Option<(&'a Resource, &'a Entry)> {
        let setter = project.changes(self.resource, "PolicyDocument").last().unwrap_or(self.resource);
        Some((setter, project.view(setter).entry("PolicyDocument")?))
    }

    /// Returns `true` if the names of the service certainly lead to the endpoint inside the VPC.
    pub fn has_private_dns(&self) -> bool {
        self.is_interface() == Some(true) && self.private_dns.known() == Some(true)
    }

    fn may_lead_to(&self, service: &str) -> bool {
        self.without_private_dns().is_none() && !self.is_unrouted && self.may_be_for(service)
    }
}

/// Returns `true` if the name of an endpoint service may be that of an AWS service.
fn may_name(name: &Node, service: &str) -> bool {
    if matches!(name.kind, NodeKind::Unknown(_)) {
        return true;
    }
    let end = name.known_end();
    let whole = format!(".{service}");
    // If only the end is known, a name that ends with `.api` may be `.ecr.api`.
    let end = end.strip_suffix("-fips").unwrap_or(&end);
    end.ends_with(&whole) || (name.as_str().is_none() && whole.ends_with(end))
}

impl<'a> Project<'a> {
    /// The VPC endpoints for tasks in some subnets; `None` if a module that is not on disk may create some. They are
    /// all known if the same Terraform root module creates the VPC: otherwise, the owner of the VPC may have created
    /// others.
    pub(crate) fn endpoints(self, subnets: &[&'a Node], unit: UnitId) -> Option<Endpoints<'a>> {
        if self.calls_unread_modules(unit) {
            return None;
        }
        let vpcs: Option<Vec<Vpc>> = subnets.iter().map(|subnet| self.vpc_made(subnet, unit)).collect();
        let is_elsewhere = |endpoint: &&Resource| {
            let home = self.vpc_of(endpoint).filter(|_| endpoint.unit() == unit);
            let is_other = |vpc: &Vpc| home.as_ref().is_some_and(|home| home.vpc.is_certainly_other(vpc));
            vpcs.as_ref().is_some_and(|vpcs| !vpcs.is_empty() && vpcs.iter().all(is_other))
        };
        let there: Vec<&Resource> = match vpcs.as_deref() {
            Some(vpcs @ [_, ..]) => self.endpoints_of_any(vpcs, unit),
            _ => self.of(Kind::VpcEndpoint).collect(),
        };
        let there = there.into_iter().filter(|endpoint| !is_elsewhere(endpoint));
        let there = there.map(|resource| {
            let endpoint = self.endpoint(resource);
            let misses = |subnet: &&Node| self.is_certainly_unrouted(&endpoint, subnet);
            Endpoint { is_unrouted: subnets.iter().any(misses), ..endpoint }
        });
        Some(Endpoints { there: there.collect(), is_complete: vpcs.is_some_and(|vpcs| !vpcs.is_empty()) })
    }

    /// The endpoints that may be in one of some VPCs, which a unit creates: those of other units, and those of the unit, except for
    /// those in its other VPCs.
    fn endpoints_of_any(self, vpcs: &[Vpc], unit: UnitId) -> Vec<&'a Resource> {
        let table = self.workspace.references(Reference::EndpointVpc);
        let index = self.workspace.index();
        let mut own: Vec<&Resource> = Vec::new();
        for vpc in vpcs {
            match vpc.made().and_then(|address| index.at(address).first()) {
                Some(vpc) => own.extend(self.each(table.to(*vpc))),
                None => own.extend(self.in_unit(unit, Kind::VpcEndpoint)),
            }
        }
        own.extend(self.each(table.unclear(unit)).chain(self.each(table.without(unit))));
        own.retain(|endpoint| endpoint.unit() == unit);
        own.sort_by_key(|endpoint| endpoint.id);
        own.dedup_by_key(|endpoint| endpoint.id);
        if index.of(Kind::VpcEndpoint).len() > index.in_unit(unit, Kind::VpcEndpoint).len() {
            own.extend(self.of(Kind::VpcEndpoint).filter(|endpoint| endpoint.unit() != unit));
        }
        own
    }

    /// The endpoints of a unit that may be in a VPC that it creates.
    pub(super) fn endpoints_of(self, vpc: &Vpc, unit: UnitId) -> impl Iterator<Item = &'a Resource> {
        let all = self.endpoints_of_any(std::slice::from_ref(vpc), unit).into_iter();
        all.filter(move |endpoint| endpoint.unit() == unit)
    }

    pub(super) fn endpoint(self, resource: &'a Resource) -> Endpoint<'a> {
        // Each need is compared with the name of each endpoint.
        self.reads.step(16);
        let name = resource.request.get("ServiceName").filter(|name| !name.is_missing());
        let place = name.map_or_else(|| Place::header(resource), Place::from);
        let mut zones = self.in_unit_of(resource, Kind::HostedZone).map(|zone| self.view(zone).str("Name"));
        let is_aws = |name: Value<&str>| {
            name.known().is_none_or(|name| name.trim_end_matches('.').ends_with("amazonaws.com"))
        };
        let may_have_own_zone = zones.any(is_aws) || !resource.is_declared();
        let view = self.view(resource);
        let private_dns = self.private_dns(resource);
        Endpoint { place, name, resource, view, private_dns, may_have_own_zone, is_unrouted: false }
    }

    /// Whether the names of a service lead to an endpoint inside its VPC, as the endpoint says, or the last change of it.
    fn private_dns(self, endpoint: &'a Resource) -> Value<bool> {
        let anchor = Place::header(endpoint);
        let change = self.changes(endpoint, "PrivateDnsEnabled").last();
        match change {
            None => self.view(endpoint).bool("PrivateDnsEnabled").or_default(false, anchor),
            Some(change) if self.is_of_endpoint(change, endpoint) => {
                self.view(change).bool("PrivateDnsEnabled")
            }
            Some(change) => Value::Unknown(Place::header(change)),
        }
    }

    /// The resources that set a member of an endpoint, or may set it.
    fn changes(self, endpoint: &'a Resource, member: &'static str) -> impl Iterator<Item = &'a Resource> {
        let all = self.in_unit_of(endpoint, Kind::VpcEndpointChange);
        all.filter(move |change| {
            let named = change.request.get("VpcEndpointId");
            let of = named.and_then(|named| self.resolve(&[Kind::VpcEndpoint], named).known());
            change.request.get(member).is_some() && of.is_none_or(|of| of.is(endpoint))
        })
    }

    fn is_of_endpoint(self, change: &Resource, endpoint: &Resource) -> bool {
        let named = change.request.get("VpcEndpointId");
        let of = named.and_then(|named| self.resolve(&[Kind::VpcEndpoint], named).known());
        of.is_some_and(|of| of.is(endpoint))
    }

    /// Returns `true` if the route table of a subnet certainly does not lead to a gateway endpoint.
    fn is_certainly_unrouted(self, endpoint: &Endpoint<'a>, subnet: &Node) -> bool {
        let is_known = endpoint.is_interface() == Some(false)
            && endpoint.resource.is_declared()
            && !self.has_opaque_refs(endpoint.resource)
            && !endpoint.resource.ignores("RouteTableIds")
            && self.changes(endpoint.resource, "RouteTableId").next().is_none();
        let (tables, is_complete) = self.tables_of_endpoint(endpoint);
        if tables.is_empty() || !is_known || !is_complete {
            return false;
        }
        match self.table_of(subnet) {
            Some(table) => tables.iter().all(|listed| !listed.is(table)),
            None => self.subnet_of(subnet).known().is_some_and(|subnet| self.is_unrouted(subnet)),
        }
    }

    /// The known route tables that lead to a gateway endpoint, and whether these are all.
    fn tables_of_endpoint(self, endpoint: &Endpoint<'a>) -> (Vec<&'a Resource>, bool) {
        let list = endpoint.view.list("RouteTableIds");
        let tables: Vec<_> =
            list.iter().map(|view| self.resolve(&[Kind::RouteTable], view.node).known()).collect();
        let is_complete = list.counted().is_some() && tables.iter().all(Option::is_some);
        (tables.into_iter().flatten().collect(), is_complete)
    }

    /// The endpoints that certainly are in the VPC of some subnets.
    pub(crate) fn endpoints_near(self, subnets: &[&'a Node]) -> Vec<Endpoint<'a>> {
        let vpcs: Option<Vec<Vpc>> =
            subnets.iter().map(|subnet| Some(self.vpc_of_named(&[Kind::Subnet], subnet)?.vpc)).collect();
        let vpcs = vpcs.unwrap_or_default();
        let is_near = |endpoint: &&Resource| {
            self.vpc_of(endpoint)
                .is_some_and(|home| !vpcs.is_empty() && vpcs.iter().all(|vpc| *vpc == home.vpc))
        };
        let table = self.workspace.references(Reference::EndpointVpc);
        let all = match vpcs.first() {
            None => &[],
            Some(Vpc::Id(id)) => table.by_text(id),
            Some(Vpc::Made(address)) => match self.workspace.index().at(address).first() {
                Some(vpc) => table.to(*vpc),
                None => self.workspace.index().of(Kind::VpcEndpoint),
            },
            Some(Vpc::Default) => self.workspace.index().of(Kind::VpcEndpoint),
        };
        self.each(all).filter(is_near).map(|resource| self.endpoint(resource)).collect()
    }

    /// The endpoints that tasks in some subnets certainly use: interface endpoints with private DNS names, and gateway endpoints of the
    /// route tables of all subnets.
    pub(crate) fn endpoints_used(self, subnets: &[&'a Node]) -> Vec<Endpoint<'a>> {
        let tables: Option<Vec<&Resource>> = subnets.iter().map(|subnet| self.table_of(subnet)).collect();
        let is_routed = |endpoint: &Endpoint<'a>| {
            let (listed, _) = self.tables_of_endpoint(endpoint);
            let lists = |table: &&Resource| listed.iter().any(|other| other.is(table));
            tables.as_ref().is_some_and(|tables| !tables.is_empty() && tables.iter().all(lists))
        };
        let mut near = self.endpoints_near(subnets);
        near.retain(|endpoint| {
            endpoint.has_private_dns() || endpoint.is_interface() == Some(false) && is_routed(endpoint)
        });
        // Something else may set the policy.
        let is_unknown = |endpoint: &Endpoint<'a>| {
            let resource = endpoint.resource;
            let mut changes = self.changes(resource, "PolicyDocument");
            let may_be_other = |change: &Resource| {
                change.ignores("PolicyDocument") || !self.is_of_endpoint(change, resource)
            };
            resource.ignores("PolicyDocument") || changes.any(may_be_other)
        };
        near.retain(|endpoint| !is_unknown(endpoint));
        near
    }

    /// The security groups of an interface endpoint; `None` unless all are known.
    pub(crate) fn groups_of_endpoint(self, endpoint: &Endpoint<'a>) -> Option<SecurityGroupSet<'a>> {
        let own = endpoint.resource;
        if self.changes(own, "SecurityGroupId").next().is_some() {
            return None;
        }
        let groups = endpoint.view.list("SecurityGroupIds");
        let subnets: Vec<&Node> = endpoint.view.list("SubnetIds").iter().map(|view| view.node).collect();
        let default = self.default_group_set(&subnets, groups, own.unit());
        let set =
            default.filter(|_| !self.has_opaque_refs(own)).or_else(|| self.security_group_set(groups))?;
        Some(set.within(self.networks(&subnets)))
    }

    /// The VPC of a subnet, if the same root module creates it.
    fn vpc_made(self, subnet: &Node, unit: UnitId) -> Option<Vpc> {
        let vpc = self.vpc_of_named(&[Kind::Subnet], subnet)?.vpc;
        (vpc.root() == Some(unit)).then_some(vpc)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};
    use crate::value::Unknown;
    use crate::value::{Part, Text};

    fn leads(parts: &[Option<&str>], service: &str) -> bool {
        let at = Span::new(FileId(0), 0, 1);
        let part = |part: &Option<&str>| match part {
            Some(text) => Part::Known { text: (*text).into(), at },
            None => Part::Unknown(Unknown::Reference("var.some".into()), at),
        };
        let text = Text::new(parts.iter().map(part).collect());
        let node = match text.known() {
            Some(known) => Node::string(known, at),
            None => Node::new(NodeKind::Text(text.into()), at),
        };
        may_name(&node, service)
    }

    #[test]
    fn an_endpoint_leads_to_what_its_name_ends_in() {
        assert!(leads(&[Some("com.amazonaws.eu-north-1.ecr.api")], "ecr.api"));
        assert!(leads(&[Some("cn.com.amazonaws.cn-north-1.ecr.dkr")], "ecr.dkr"));
        assert!(leads(&[Some("com.amazonaws."), None, Some(".s3")], "s3"));
        assert!(leads(&[Some("com.amazonaws.us-gov-west-1.ecr.api-fips")], "ecr.api"));
        assert!(!leads(&[Some("com.amazonaws."), None, Some(".s3express")], "s3"));
        assert!(!leads(&[Some("com.amazonaws."), None, Some(".ecr.dkr")], "ecr.api"));
        assert!(!leads(&[Some("com.amazonaws.eu-north-1.api")], "ecr.api"));
    }

    #[test]
    fn an_endpoint_may_lead_to_what_its_name_may_be() {
        assert!(leads(&[Some("com.amazonaws."), None], "ecr.api"));
        assert!(leads(&[Some("com.amazonaws."), None, Some(".api")], "ecr.api"));
        assert!(leads(&[Some("com.amazonaws."), None, Some("api")], "ecr.api"));
        assert!(!leads(&[Some("com.amazonaws."), None, Some(".api")], "s3"));
    }
}
