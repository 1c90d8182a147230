//! The VPC of a subnet, a security group, or a target group, as far as the files define it.

use smol_str::SmolStr;

use crate::address::{self, ResourceRef, UnitId};
use crate::diagnostic::Place;
use crate::model::reference::ref_kind;
use crate::model::{Link, Project, SecurityGroupSet};
use crate::resource::{Kind, RefKind, Resource};
use crate::value::{Node, NodeKind, Unknown};
use crate::view::List;

/// A VPC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Vpc {
    /// The VPC with this id.
    Id(SmolStr),
    /// The VPC that a resource creates.
    Made(ResourceRef),
    /// The default VPC of the Region.
    Default,
}

/// The VPC of a resource, and the place that determines it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VpcMembership {
    /// The VPC.
    pub vpc: Vpc,
    /// The place that determines it.
    pub place: Place,
}

/// The Availability Zone of a subnet.
#[derive(Clone, Copy, Debug)]
pub struct Zone<'n> {
    /// The value that refers to the subnet.
    pub subnet: &'n Node,
    /// The value that refers to its Availability Zone.
    pub zone: &'n Node,
}

impl Zone<'_> {
    /// Returns `true` if the two are certainly different zones: different names, or different items of one list in
    /// Terraform.
    pub fn is_certainly_other(&self, other: &Zone) -> bool {
        let (ours, theirs) = (self.zone, other.zone);
        if let (Some(ours), Some(theirs)) = (ours.as_str(), theirs.as_str()) {
            return ours != theirs;
        }
        match (listed_zone(ours), listed_zone(theirs)) {
            (Some((ours, first)), Some((theirs, second))) => ours == theirs && first != second,
            _ => false,
        }
    }

    /// The name of the zone in labels.
    pub fn called(&self) -> String {
        self.zone.called().map_or_else(
            || "another Availability Zone".to_owned(),
            |name| format!("Availability Zone `{name}`"),
        )
    }
}

/// The list of Availability Zones that a value is an item of, and its index.
fn listed_zone(node: &Node) -> Option<((&ResourceRef, &str), usize)> {
    let NodeKind::Unknown(Unknown::Attribute { of, attribute }) = &node.kind else { return None };
    let (list, index) = address::item(attribute)?;
    is_zone_list(of).then_some(((of, list), index))
}

/// Returns `true` for the data source that lists the Availability Zones of a Region.
fn is_zone_list(of: &ResourceRef) -> bool {
    of.is_data() && ref_kind(of) == Some(RefKind::ZoneList)
}

/// Returns `true` if a value is one of the Availability Zones that Terraform lists: the standard zones of the Region,
/// unless all are requested.
pub fn is_listed_zone(node: &Node) -> bool {
    node.resource().is_some_and(is_zone_list)
}

impl Vpc {
    /// The unit that creates the VPC, if a unit of the run does.
    pub fn root(&self) -> Option<UnitId> {
        self.made().map(|address| address.root)
    }

    /// The address of the resource that creates it, if the files do.
    pub(super) fn made(&self) -> Option<&ResourceRef> {
        match self {
            Vpc::Made(address) => Some(address),
            Vpc::Id(_) | Vpc::Default => None,
        }
    }

    /// Returns `true` if the two are certainly different VPCs.
    pub fn is_certainly_other(&self, other: &Vpc) -> bool {
        match (self, other) {
            (Vpc::Id(ours), Vpc::Id(theirs)) => ours != theirs,
            (Vpc::Made(ours), Vpc::Made(theirs)) => ours.is_certainly_other(theirs),
            (Vpc::Default, Vpc::Default) | (Vpc::Id(_), _) | (_, Vpc::Id(_)) => false,
            (Vpc::Made(_) | Vpc::Default, _) => true,
        }
    }

    /// The name of the VPC in labels: "VPC `aws_vpc.main`".
    pub fn called(&self) -> String {
        match self {
            Vpc::Id(id) => format!("VPC `{id}`"),
            Vpc::Made(address) => format!("VPC `{address}`"),
            Vpc::Default => "the default VPC".to_owned(),
        }
    }
}

impl<'a> Project<'a> {
    /// The VPC that a resource refers to. In Terraform, a security group without a VPC is created in the default VPC.
    pub fn vpc_of(self, resource: &'a Resource) -> Option<VpcMembership> {
        match self.view(resource).entry("VpcId") {
            Some(entry) => self.membership(&entry.value),
            None => {
                let is_default = resource.kind == Kind::SecurityGroup
                    && resource.is_declared()
                    && self.view(resource).is_missing("VpcId");
                is_default.then(|| VpcMembership { vpc: Vpc::Default, place: Place::header(resource) })
            }
        }
    }

    /// The VPC of the resource that a value refers to: a subnet, or a security group, which can be the default one of a VPC.
    pub fn vpc_of_named(self, kinds: &[Kind], node: &Node) -> Option<VpcMembership> {
        match self.resolve(kinds, node).known() {
            Some(resource) => self.vpc_of(resource),
            None => of_default_group(node),
        }
    }

    /// The security groups of something in some subnets that has only the default group of its VPC, because it lists no others, with the
    /// rules that AWS gave it; `None` unless this is certain.
    pub fn default_group_set(
        self,
        subnets: &[&'a Node],
        groups: List<'a>,
        unit: UnitId,
    ) -> Option<SecurityGroupSet<'a>> {
        let is_made = |subnet: &&Node| {
            self.vpc_of_named(&[Kind::Subnet], subnet).is_some_and(|home| home.vpc.root() == Some(unit))
        };
        let is_untouched = self.in_unit(unit, Kind::DefaultSecurityGroup).next().is_none();
        let place = match groups.counted()?.as_slice() {
            [] => groups.place(),
            [only] if of_default_group(only).is_some() => Place::from(*only),
            _ => return None,
        };
        let is_default = !subnets.is_empty() && subnets.iter().all(is_made);
        (is_default && is_untouched && !self.calls_unread_modules(unit))
            .then(|| SecurityGroupSet::of_default_group(place))
    }

    /// Returns `true` if a VPC certainly is the one that a resource creates.
    pub fn is_vpc(self, vpc: &Vpc, made: &Resource) -> bool {
        vpc.made().is_some_and(|address| made.address.as_ref() == Some(address))
    }

    /// The VPC in the files that a value refers to.
    pub fn vpc_made_by(self, node: &Node) -> Option<&'a Resource> {
        self.resolve(&[Kind::Vpc], node).known().filter(|vpc| vpc.is_declared())
    }

    /// The VPC in the files that contains all of some subnets.
    pub fn vpc_made_for(self, subnets: &[&Node]) -> Option<&'a Resource> {
        let vpc = |subnet: &&Node| self.vpc_made_by(self.subnet_of(subnet).known()?.request.get("VpcId")?);
        let mut vpcs = subnets.iter().map(vpc);
        let first = vpcs.next()??;
        vpcs.all(|other| other.is_some_and(|other| other.is(first))).then_some(first)
    }

    /// Returns `true` if the servers that resolve names in a VPC may be others than that of AWS.
    pub fn may_have_own_resolver(self, vpc: &'a Resource) -> bool {
        self.in_unit_of(vpc, Kind::DhcpOptionsAssociation).any(|association| {
            let named = association.request.get("VpcId");
            let of = named.and_then(|named| self.resolve(&[Kind::Vpc], named).known());
            of.is_none_or(|of| of.is(vpc))
        })
    }

    /// Returns `true` if a security group may be used in another VPC than its own.
    pub fn may_be_shared(self, group: &Node) -> bool {
        let Some(group) = self.resolve(&[Kind::SecurityGroup], group).known() else { return false };
        self.in_unit_of(group, Kind::SecurityGroupAssociation).any(|association| {
            let named = association.request.get("GroupId");
            let of = named.and_then(|named| self.resolve(&[Kind::SecurityGroup], named).known());
            of.is_none_or(|of| of.is(group))
        })
    }

    /// The subnet that a value refers to.
    pub fn subnet_of(self, node: &Node) -> Link<&'a Resource> {
        self.resolve(&[Kind::Subnet], node)
    }

    /// The Availability Zones of some subnets, each with the value that refers to the subnet; `None` unless all are
    /// known.
    pub fn zones(self, subnets: &[&'a Node]) -> Option<Vec<Zone<'a>>> {
        let zone = |subnet: &'a Node| {
            let resource = self.subnet_of(subnet).known()?;
            let zone = resource.request.get("AvailabilityZone").filter(|zone| !zone.is_missing())?;
            Some(Zone { subnet, zone })
        };
        subnets.iter().map(|subnet| zone(subnet)).collect()
    }

    /// The VPC that a value refers to.
    pub(super) fn membership(self, node: &Node) -> Option<VpcMembership> {
        let place = Place::from(node);
        let vpc = match &node.kind {
            NodeKind::Unknown(Unknown::Attribute { of, attribute }) if attribute == "id" => {
                match ref_kind(of).filter(|_| !of.is_data()) {
                    Some(RefKind::Request(Kind::Vpc)) => Some(Vpc::Made(of.clone())),
                    Some(RefKind::DefaultVpc) => Some(Vpc::Default),
                    _ => None,
                }
            }
            _ => node.as_str().filter(|id| id.starts_with("vpc-")).map(|id| Vpc::Id(id.into())),
        };
        vpc.map(|vpc| VpcMembership { vpc, place })
    }
}

/// The VPC whose default security group a value refers to.
fn of_default_group(node: &Node) -> Option<VpcMembership> {
    let NodeKind::Unknown(Unknown::Attribute { of, attribute }) = &node.kind else { return None };
    let is_group =
        attribute == "default_security_group_id" && ref_kind(of) == Some(RefKind::Request(Kind::Vpc));
    (is_group && !of.is_data())
        .then(|| VpcMembership { vpc: Vpc::Made(of.clone()), place: Place::from(node) })
}
