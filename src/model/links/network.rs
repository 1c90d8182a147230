//! The egress of a subnet: route table, routes, gateway.

use crate::diagnostic::Place;
use crate::model::links::nat::NatFault;
use crate::model::links::route_table::WayOut;
use crate::model::reference::{is_declared, ref_kind};
use crate::model::{Link, Project};
use crate::resource::{Kind, RefKind, Resource};
use crate::value::{Node, NodeKind, Unknown};
use crate::view::View;
use crate::workspace::Reference;

/// The target of a subnet's default route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Egress {
    /// An internet gateway: a public subnet.
    Internet,
    /// A NAT gateway, or any other target that is not an internet gateway.
    Private,
    /// Nothing: there is no default route, and no other route.
    None,
    /// Some networks only: there is no default route, but another route may provide access to any address.
    Partial,
    /// Networks with private addresses only: there is no default route, and all other routes are for such addresses.
    Inner,
    /// Nothing: no route table is associated with the subnet, and the main route table of its VPC has no default route.
    NoRouteTable,
    /// A NAT gateway or a NAT instance that does not reach the internet.
    BrokenNat(NatFault),
}

impl Egress {
    /// Describes in a label why a subnet has no egress.
    pub fn why_nowhere(self) -> &'static str {
        match self {
            Egress::NoRouteTable => {
                "the subnet has no route table of its own, and the main route table has no default route"
            }
            Egress::BrokenNat(fault) => fault.says(),
            Egress::Inner => "the subnet's route table has routes to private addresses only",
            Egress::Internet | Egress::Private | Egress::Partial | Egress::None => {
                "the subnet's route table has no default route"
            }
        }
    }

    /// Returns `true` if packets to the internet certainly get nowhere.
    pub fn is_nowhere(self) -> bool {
        matches!(self, Egress::None | Egress::NoRouteTable | Egress::BrokenNat(_))
    }

    /// Returns `true` if a NAT gateway or another gateway without public addresses is the target.
    pub fn is_private(self) -> bool {
        matches!(self, Egress::Private | Egress::BrokenNat(_))
    }
}

/// The known exposure of a subnet that a service uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubnetExposure {
    /// Its route table determines the egress. The place is that of the route, or of the table that lacks one.
    Routed(Egress, Place),
    /// Only its name indicates that it is private.
    ByName,
    /// Nothing is known.
    Unknown,
}

impl<'a> Project<'a> {
    /// The known exposure of the subnet that a value refers to.
    pub fn exposure(self, subnet: &Node) -> SubnetExposure {
        let resource = self.resolve(&[Kind::Subnet, Kind::SubnetQuery], subnet).known();
        match resource.and_then(|resource| self.reach(resource)) {
            Some((reach, place)) => SubnetExposure::Routed(reach, place),
            None if says_private(subnet) || resource.is_some_and(is_tagged_private) => SubnetExposure::ByName,
            None => SubnetExposure::Unknown,
        }
    }

    /// Where a route table is associated with a subnet.
    pub fn table_reference(self, subnet: &Node) -> Option<Place> {
        let subnet = self.subnet_of(subnet).known()?;
        let own = self.referring_near(Reference::AssociatedSubnet, subnet).next()?;
        own.request.get("RouteTableId").map(Place::from)
    }

    /// The route table that is associated with a subnet.
    pub(super) fn table_of(self, subnet: &Node) -> Option<&'a Resource> {
        let [table] = self.route_tables(self.subnet_of(subnet).known()?)?.try_into().ok()?;
        Some(table)
    }

    /// The egress of a subnet, and the place of the route or route table that determines it.
    fn reach(self, subnet: &'a Resource) -> Option<(Egress, Place)> {
        if self.is_unrouted(subnet) {
            return Some((Egress::NoRouteTable, Place::header(subnet)));
        }
        let family = self.family_of(subnet);
        let mut tables = self.route_tables(subnet)?.into_iter();
        let first = self.way_out(tables.next()?, family)?;
        let same =
            tables.all(|table| self.way_out(table, family).is_some_and(|way| way.egress == first.egress));
        same.then(|| self.beyond(&first))
    }

    /// Where a way out leads in the end: a NAT gateway needs a way out of its own subnet.
    fn beyond(self, way: &WayOut<'a>) -> (Egress, Place) {
        let broken = way.nat.and_then(|nat| self.nat_fault(nat));
        broken.map_or((way.egress, way.place), |(fault, place)| (Egress::BrokenNat(fault), place))
    }

    /// The route tables of a subnet: several if a resource with `count` represents several subnets.
    pub(super) fn route_tables(self, subnet: &'a Resource) -> Option<Vec<&'a Resource>> {
        let ours = self.referring_near(Reference::AssociatedSubnet, subnet);
        let tables: Option<Vec<_>> =
            ours.map(|association| self.link(association, "RouteTableId").known()).collect();
        let mut tables = tables?;
        tables.extend(self.referring(Reference::TableSubnet, subnet));
        if tables.is_empty() { self.main_table(subnet).map(|table| vec![table]) } else { Some(tables) }
    }

    /// The main route table of the subnet's VPC, according to AWS or to Terraform.
    fn main_table(self, subnet: &Resource) -> Option<&'a Resource> {
        let vpc = subnet.request.get("VpcId")?;
        let Some(vpc) = vpc.as_str() else { return self.main_table_made(vpc, subnet) };
        self.of(Kind::RouteTable).find(|table| {
            let is_main = |association: View| association.bool("Main").known() == Some(true);
            let view = self.view(table);
            view.str("VpcId").known() == Some(vpc) && view.list("Associations").objects().any(is_main)
        })
    }

    fn main_table_made(self, vpc: &Node, subnet: &Resource) -> Option<&'a Resource> {
        let near = |reference: Reference| {
            let of = self.resolve(&[Kind::Vpc], vpc).known();
            let known = of.into_iter().flat_map(move |of| self.referring(reference, of));
            let others = of.is_none().then(|| self.unclear(reference, subnet.unit()));
            let all = known.chain(others.into_iter().flatten());
            all.filter(|resource| resource.unit() == subnet.unit())
        };
        let mut main = near(Reference::AssociatedVpc)
            .filter(|resource| resource.request.get("VpcId").is_some_and(|its| its.is_same(vpc)));
        if let Some(association) = main.next() {
            return self.link(association, "RouteTableId").known();
        }
        near(Reference::DefaultTable)
            .find(|table| table.request.get("DefaultRouteTableId").is_some_and(|id| is_main_of(id, vpc)))
    }

    /// Returns `true` if a subnet in Terraform certainly uses the VPC's initial route table, and that table has no
    /// added routes: nothing is associated with the subnet, replaces the main route table, or adds a route to it.
    pub(super) fn is_unrouted(self, subnet: &'a Resource) -> bool {
        let Some(vpc) = subnet.request.get("VpcId").filter(|vpc| is_made(vpc, RefKind::Request(Kind::Vpc)))
        else {
            return false;
        };
        if self.calls_unread_modules(subnet.unit()) || self.has_opaque_refs(subnet) {
            return false;
        }
        let unit = subnet.unit();
        let mut unclear = self.unclear(Reference::AssociatedSubnet, unit);
        let is_associated = self.referring_near(Reference::AssociatedSubnet, subnet).next().is_some()
            || unclear.any(|association| {
                let named = association.request.get("SubnetId");
                named.is_none_or(|named| !is_made(named, RefKind::Request(Kind::InternetGateway)))
            });
        let is_routed = !self.are_clear(Reference::RouteTable, unit);
        let is_main = self.main_table_made(vpc, subnet).is_some()
            || !self.workspace.references(Reference::AssociatedSubnet).without(unit).is_empty();
        !is_associated && !is_routed && !is_main
    }

    /// The resource that a member of another resource refers to.
    pub(super) fn link(self, resource: &'a Resource, key: &str) -> Link<&'a Resource> {
        match resource.request.get(key) {
            Some(node) => self.resolve(&[Kind::RouteTable, Kind::Subnet], node),
            None => Link::None,
        }
    }

    /// Returns `true` if an unsupported place refers to the resource.
    pub(crate) fn has_opaque_refs(self, resource: &Resource) -> bool {
        let (Some(ours), Some(unit)) = (&resource.address, self.workspace.unit(resource.unit())) else {
            return false;
        };
        unit.opaque_refs.contains(&ours.block())
    }
}

/// Returns `true` if a value is the id of a resource of a kind.
fn is_made(node: &Node, kind: RefKind) -> bool {
    node.resource().is_some_and(|of| is_declared(of, kind))
}

/// Returns `true` if a value is the id of a VPC's initial route table.
fn is_main_of(table: &Node, vpc: &Node) -> bool {
    let (
        NodeKind::Unknown(Unknown::Attribute { of: ours, attribute }),
        NodeKind::Unknown(Unknown::Attribute { of: theirs, .. }),
    ) = (&table.kind, &vpc.kind)
    else {
        return false;
    };
    ours == theirs && matches!(attribute.as_str(), "default_route_table_id" | "main_route_table_id")
}

/// Returns `true` if a reference to a subnet indicates that it is private: `var.private_subnets`,
/// `module.vpc.private_subnets`, `data.terraform_remote_state.vpc.outputs.private_subnet_a_id`.
fn says_private(node: &Node) -> bool {
    let NodeKind::Unknown(why) = &node.kind else { return false };
    match why {
        Unknown::Attribute { of, attribute } => {
            // The name of a remote state describes all of its outputs.
            let own = if ref_kind(of) == Some(RefKind::RemoteState) { "" } else { of.resource.name.as_str() };
            is_private(&format!("{own}.{attribute}"))
        }
        Unknown::Output { output, .. } => is_private(output),
        Unknown::Reference(name) => is_private(name),
        Unknown::Placeholder(_) | Unknown::Expression(_) | Unknown::Rejected(_) => false,
    }
}

fn is_private(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let denied = ["public", "non_private", "non-private", "nonprivate", "not_private", "not-private"];
    name.contains("private") && !denied.iter().any(|word| name.contains(word))
}

/// Returns `true` if a tag of the subnet, or a filter in its query, has a value that indicates that it is private.
fn is_tagged_private(resource: &Resource) -> bool {
    let tag = resource.request.get("Tags").into_iter();
    let filters = resource.request.get("Filters").into_iter();
    tag.chain(filters).any(|node| any_string(node, &|text| is_private(text)))
}

fn any_string(node: &Node, test: &dyn Fn(&str) -> bool) -> bool {
    match &node.kind {
        NodeKind::Array(array) => array.items.iter().any(|item| any_string(item, test)),
        NodeKind::Object(object) => object.entries.iter().any(|entry| any_string(&entry.value, test)),
        _ => node.as_str().is_some_and(test),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::{Address, ModuleAddress, ModulePath, UnitId};
    use crate::source::{FileId, Span};

    #[test]
    fn a_name_says_private_only_of_the_subnet_itself() {
        let at = Span::new(FileId(0), 0, 1);
        let root = UnitId::new(FileId(0));
        let says = |why: Unknown| says_private(&Node::unknown(why, at));
        let variable = |name: &str| says(Unknown::Reference(name.into()));
        let output = |module: &str, output: &str| {
            let module = ModuleAddress { root, path: ModulePath::default().child(module.into(), None) };
            says(Unknown::Output { module, output: output.into() })
        };
        let resource = |address: &str, attribute: &str| {
            let of = Address::parse(root, address);
            of.is_some_and(|of| says(Unknown::attribute(of, attribute)))
        };
        assert!(output("vpc", "private_subnets"));
        assert!(variable("var.private_subnet_ids"));
        assert!(resource("data.terraform_remote_state.vpc", "aws_subnet_private_a_id"));
        assert!(resource("module.vpc.aws_subnet.private", "id"));
        assert!(!output("private_vpc", "subnets"));
        assert!(!resource("module.private.aws_subnet.a", "id"));
        assert!(!resource("data.terraform_remote_state.private", "subnet_id"));
        assert!(!variable("var.public_and_private_subnets"));
    }
}
