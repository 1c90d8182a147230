//! Which VPC a subnet, a security group or a target group is in, as far as the files tell.

use smol_str::SmolStr;

use crate::diagnostic::Place;
use crate::node::{Kind as NodeKind, Node, SOME_ITEM, Unknown};
use crate::project::{Document, Kind, Link, Project, Scope};

/// A VPC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Vpc {
    /// The one of this id.
    Id(SmolStr),
    /// The one that a resource makes, or a module that is known to make one.
    Made(SmolStr),
    /// The one that every region begins with.
    Default,
}

/// The VPC that something is in, and where that is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The VPC.
    pub vpc: Vpc,
    /// What says so.
    pub place: Place,
}

/// The zone of a subnet.
#[derive(Clone, Copy, Debug)]
pub struct Zone<'n> {
    /// The value that names the subnet.
    pub subnet: &'n Node,
    /// The value that names its zone.
    pub zone: &'n Node,
}

impl Zone<'_> {
    /// Whether the other is certainly another zone: two names, or two items of one list of Terraform's.
    pub fn is_certainly_other(&self, other: &Zone) -> bool {
        let (ours, theirs) = (self.zone, other.zone);
        if let (Some(ours), Some(theirs)) = (ours.as_str(), theirs.as_str()) {
            return ours != theirs;
        }
        let item = |node: &Node| {
            let name = node.called()?;
            let (list, index) = name.strip_suffix(']')?.rsplit_once('[')?;
            let index: usize = index.parse().ok()?;
            list.starts_with("data.aws_availability_zones.").then(|| (list.to_owned(), index))
        };
        match (item(ours), item(theirs)) {
            (Some((ours, first)), Some((theirs, second))) => ours == theirs && first != second,
            _ => false,
        }
    }

    /// How to call it in a label.
    pub fn called(&self) -> String {
        self.zone.called().map_or_else(|| "another zone".to_owned(), |name| format!("zone `{name}`"))
    }
}

impl Vpc {
    /// Whether the other is certainly not the same.
    pub fn is_certainly_other(&self, other: &Vpc) -> bool {
        match (self, other) {
            (Vpc::Id(ours), Vpc::Id(theirs)) => ours != theirs,
            (Vpc::Made(ours), Vpc::Made(theirs)) => are_two(ours, theirs),
            (Vpc::Made(_), Vpc::Default) | (Vpc::Default, Vpc::Made(_)) => true,
            _ => false,
        }
    }

    /// How to call it in a label: "VPC `aws_vpc.main`".
    pub fn called(&self) -> String {
        match self {
            Vpc::Id(name) | Vpc::Made(name) => format!("VPC `{name}`"),
            Vpc::Default => "the default VPC".to_owned(),
        }
    }
}

/// Whether two addresses are of two resources. Without the key of one it may be either instance of a block.
pub(super) fn are_two(ours: &str, theirs: &str) -> bool {
    let with = |address: &str, key: &str| {
        let mut parts = address.split('[');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |all, part| all + key + part.split_once(']').map_or("", |(_, rest)| rest))
    };
    with(ours, "") != with(theirs, "") || (ours != theirs && with(ours, "[]") == with(theirs, "[]"))
}

impl<'a> Project<'a> {
    /// The VPC of a document: the one it names. A security group of Terraform that names none is made in the default one.
    pub fn home_of(self, document: &'a Document) -> Option<Home> {
        match self.view(document).entry("VpcId") {
            Some(entry) => self.home(&entry.value, document.scope),
            None => {
                let is_default = document.kind == Kind::SecurityGroup
                    && document.address.is_some()
                    && self.view(document).any("VpcId").is_missing();
                is_default.then(|| Home { vpc: Vpc::Default, place: Place::from(document.title) })
            }
        }
    }

    /// The VPC of what a value names: a subnet, a security group, or an output of a module that makes a VPC.
    pub fn home_of_named(self, kinds: &[Kind], node: &Node, scope: Scope) -> Option<Home> {
        match self.resolve(kinds, node, scope).known() {
            Some(document) => self.home_of(document),
            None => self.module_home(node, scope).filter(|_| is_of_vpc_module(node)),
        }
    }

    /// The subnet that a value names.
    pub fn subnet_of(self, node: &Node, scope: Scope) -> Link<&'a Document> {
        self.resolve(&[Kind::Subnet], node, scope)
    }

    /// The zones of some subnets, each with the value that names the subnet; none where one of them is not known.
    pub fn zones(self, subnets: &[&'a Node], scope: Scope) -> Option<Vec<Zone<'a>>> {
        let zone = |subnet: &'a Node| {
            let document = self.subnet_of(subnet, scope).known()?;
            let zone = document.request.get("AvailabilityZone").filter(|zone| !zone.is_missing())?;
            Some(Zone { subnet, zone })
        };
        subnets.iter().map(|subnet| zone(subnet)).collect()
    }

    /// The VPC that a value names.
    fn home(self, node: &Node, scope: Scope) -> Option<Home> {
        let place = Place::from(node);
        let vpc = match &node.kind {
            NodeKind::Unknown(Unknown::Attribute { address, attribute }) if attribute == "id" => {
                let kind = address.rsplit('.').nth(1)?;
                match kind {
                    _ if address.contains("data.") => None,
                    "aws_vpc" => Some(Vpc::Made(address.clone())),
                    "aws_default_vpc" => Some(Vpc::Default),
                    _ => None,
                }
            }
            NodeKind::Unknown(Unknown::Reference(name)) if name.ends_with(".vpc_id") => {
                return self.module_home(node, scope);
            }
            _ => node.as_str().filter(|id| id.starts_with("vpc-")).map(|id| Vpc::Id(id.into())),
        };
        vpc.map(|vpc| Home { vpc, place })
    }

    /// The VPC that a module makes whose output a value is: of terraform-aws-modules/vpc what the outputs mean is known,
    /// though the module is not on the disk.
    fn module_home(self, node: &Node, scope: Scope) -> Option<Home> {
        let NodeKind::Unknown(Unknown::Reference(name)) = &node.kind else { return None };
        let (module, _) = name.strip_prefix("module.")?.split_once('.')?;
        let root = self.documents.roots.iter().find(|root| root.scope == scope)?;
        let bare = module.split('[').next().unwrap_or_default();
        let is_known = root.vpc_modules.iter().any(|known| known == bare) && !module.contains(SOME_ITEM);
        let vpc = Vpc::Made(smol_str::format_smolstr!("module.{module}"));
        is_known.then(|| Home { vpc, place: Place::from(node) })
    }
}

/// Whether a value is an output that tells of subnets or the security group of the VPC that its module makes.
fn is_of_vpc_module(node: &Node) -> bool {
    let NodeKind::Unknown(Unknown::Reference(name)) = &node.kind else { return false };
    let output = name.splitn(3, '.').nth(2).unwrap_or_default();
    let output = output.split('[').next().unwrap_or_default();
    output.ends_with("_subnets") || output == "default_security_group_id"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_of_a_block_may_be_any_of_it() {
        assert!(are_two("aws_vpc.a", "aws_vpc.b"));
        assert!(are_two("aws_vpc.a[0]", "aws_vpc.a[1]"));
        assert!(!are_two("aws_vpc.a", "aws_vpc.a[1]"));
        assert!(!are_two("module.m.aws_vpc.a[0]", "module.m[0].aws_vpc.a"));
        assert!(are_two("module.m[\"a\"].aws_vpc.a", "module.m[\"b\"].aws_vpc.a"));
    }
}
