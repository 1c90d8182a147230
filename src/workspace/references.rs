//! Which resources refer to a resource by a member, so that each is compared with few of them.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::address::{ResourceId, UnitId};
use crate::resource::{Kind, Resource};
use crate::value::{More, Node, NodeKind};
use crate::workspace::Workspace;

/// The tables of the references of a workspace; each is built at the first use.
#[derive(Debug, Default)]
pub(super) struct References([OnceLock<Table>; COUNT]);

macro_rules! references {
    ($($(#[$doc:meta])* $name:ident: $from:ident $paths:tt to $($to:ident)|+;)+) => {
        /// A member by which the resources of a kind refer to others.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Reference { $($(#[$doc])* $name),+ }

        /// The number of references.
        const COUNT: usize = [$(Reference::$name),+].len();

        impl Reference {
            /// The kind of the resources that refer to others, the paths of the member, and the kinds that it refers to. A path has
            /// the form `a/b`, and the name of a list ends with `[]`.
            fn parts(self) -> (Kind, &'static [&'static str], &'static [Kind]) {
                match self {
                    $(Reference::$name => (Kind::$from, &$paths, &[$(Kind::$to),+])),+
                }
            }
        }
    };
}

references! {
    /// The subnet or the gateway of an association with a route table.
    AssociatedSubnet: RouteTableAssociation ["SubnetId"] to RouteTable | Subnet | InternetGateway;
    /// The VPC whose main route table is replaced.
    AssociatedVpc: RouteTableAssociation ["VpcId"] to Vpc;
    /// The subnets of a route table, as AWS describes it.
    TableSubnet: RouteTable ["Associations[]/SubnetId"] to Subnet;
    /// The VPC of a default route table.
    DefaultTable: RouteTable ["DefaultRouteTableId"] to Vpc;
    /// The route table of a route.
    RouteTable: Route ["RouteTableId"] to RouteTable | Subnet;
    /// The subnet of an association with a network ACL.
    AssociatedAcl: NetworkAclAssociation ["SubnetId"] to Subnet;
    /// The subnets of a network ACL.
    AclSubnet: NetworkAcl ["SubnetIds[]"] to Subnet;
    /// The network ACL of an entry.
    AclEntry: NetworkAclEntry ["NetworkAclId"] to NetworkAcl;
    /// The security group of a rule.
    GroupRule: SecurityGroupRule ["GroupId"] to SecurityGroup;
    /// The security group of an ingress rule.
    IngressRule: IngressRule ["GroupId"] to SecurityGroup;
    /// The security group of an egress rule.
    EgressRule: EgressRule ["GroupId"] to SecurityGroup;
    /// The roles of a policy.
    RolePolicy: RolePolicy ["RoleName", "Roles[]"] to Role;
    /// The roles that a policy is attached to.
    PolicyAttachment: PolicyAttachment ["RoleName", "Roles[]"] to Role;
    /// The secret of a version.
    SecretVersion: SecretVersion ["SecretId"] to Secret | SecretVersion;
    /// The secret of an attachment.
    SecretAttachment: SecretAttachment ["SecretId"] to Secret | SecretVersion;
    /// The file system of a mount target.
    MountTarget: MountTarget ["FileSystemId"] to FileSystem;
    /// The VPC of an endpoint.
    EndpointVpc: VpcEndpoint ["VpcId"] to Vpc;
    /// The Auto Scaling group of a capacity provider.
    ProviderGroup: CapacityProvider ["autoScalingGroupProvider/autoScalingGroupArn"] to Instances;
    /// The instance profile of Managed Instances.
    ProviderProfile: CapacityProvider ["managedInstancesProvider/instanceLaunchTemplate/ec2InstanceProfileArn"]
        to InstanceProfile;
    /// The Cloud Map services with which a service registers its tasks.
    Registry: Service ["serviceRegistries[]/registryArn"] to DiscoveryService;
}

/// The resources with a member that refers to others, in the order of the workspace.
#[derive(Debug, Default)]
pub struct Table {
    /// Those that refer to a resource.
    to: FxHashMap<ResourceId, Vec<ResourceId>>,
    /// Those with a text that is not the name of a known resource.
    texts: FxHashMap<SmolStr, Vec<ResourceId>>,
    /// Those that refer to something else or to something unknown, by their unit.
    open: FxHashMap<UnitId, Vec<ResourceId>>,
    /// Those that refer to nothing known, by a text or by another value.
    unclear: FxHashMap<UnitId, Vec<ResourceId>>,
    /// Those without the member.
    without: FxHashMap<UnitId, Vec<ResourceId>>,
}

impl References {
    /// The table of a reference.
    pub(super) fn table<'w>(&'w self, reference: Reference, workspace: &'w Workspace) -> &'w Table {
        self.0[reference as usize].get_or_init(|| Table::new(reference, workspace))
    }
}

impl Table {
    fn new(reference: Reference, workspace: &Workspace) -> Table {
        let mut table = Table::default();
        let (from, paths, to) = reference.parts();
        let resources = workspace.index().of(from).iter().filter_map(|id| workspace.resource(*id));
        for resource in resources {
            let mut found = Found { values: Vec::new(), may_be_more: false };
            paths.iter().for_each(|path| found.add(&resource.request, path));
            table.add(resource, &found, |value| workspace.resolve(to, value));
        }
        table
    }

    fn add<'w>(
        &mut self,
        resource: &Resource,
        found: &Found,
        resolve: impl Fn(&Node) -> Option<&'w Resource>,
    ) {
        let (id, unit) = (resource.id, resource.unit());
        let mut is_open = found.may_be_more;
        let mut is_text = false;
        for value in &found.values {
            match (resolve(value), value.as_str()) {
                (Some(of), _) => push(self.to.entry(of.id).or_default(), id),
                (None, Some(text)) => {
                    push(self.texts.entry(text.into()).or_default(), id);
                    is_text = true;
                }
                (None, None) => is_open = true,
            }
        }
        if found.values.is_empty() && !found.may_be_more {
            self.without.entry(unit).or_default().push(id);
        }
        if is_open {
            self.open.entry(unit).or_default().push(id);
        }
        if is_open || is_text {
            self.unclear.entry(unit).or_default().push(id);
        }
    }

    /// Those that certainly refer to a resource.
    pub fn to(&self, resource: ResourceId) -> &[ResourceId] {
        self.to.get(&resource).map_or(&[], Vec::as_slice)
    }

    /// Those with a text that is not the name of a known resource.
    pub fn by_text(&self, text: &str) -> &[ResourceId] {
        self.texts.get(text).map_or(&[], Vec::as_slice)
    }

    /// Those of a unit that may refer to something that is neither in the files nor a text.
    pub fn open(&self, unit: UnitId) -> &[ResourceId] {
        self.open.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// Those of a unit that may refer to something that is not in the files.
    pub fn unclear(&self, unit: UnitId) -> &[ResourceId] {
        self.unclear.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// Those of a unit without the member.
    pub fn without(&self, unit: UnitId) -> &[ResourceId] {
        self.without.get(&unit).map_or(&[], Vec::as_slice)
    }
}

/// Adds the id of a resource once: those of one resource are added in succession.
fn push(ids: &mut Vec<ResourceId>, id: ResourceId) {
    if ids.last() != Some(&id) {
        ids.push(id);
    }
}

/// The values of a member.
struct Found<'a> {
    values: Vec<&'a Node>,
    may_be_more: bool,
}

impl<'a> Found<'a> {
    fn add(&mut self, node: &'a Node, path: &str) {
        let (first, rest) = path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let (key, is_list) = first.strip_suffix("[]").map_or((first, false), |key| (key, true));
        let Some(value) = node.get(key).filter(|value| !value.is_missing()) else {
            let is_given = node.entry(key).is_some();
            self.may_be_more |= !is_given && node.as_object().is_none_or(|object| object.more == More::Maybe);
            return;
        };
        let items = match &value.kind {
            NodeKind::Array(array) if is_list => {
                self.may_be_more |= array.more == More::Maybe;
                array.items.iter().collect()
            }
            // The number of items is unknown.
            NodeKind::Unknown(_) if is_list => {
                self.may_be_more = true;
                return;
            }
            _ => vec![value],
        };
        for item in items {
            match rest {
                Some(rest) => self.add(item, rest),
                None => self.values.push(item),
            }
        }
    }
}
