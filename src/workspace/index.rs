//! An index of resources by the names that refer to them.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::address::{ResourceId, ResourceRef};
use crate::resource::Kind;
use crate::value::Node;
use crate::workspace::Workspace;

/// The members of an AWS response by which other resources refer to it.
pub(super) const IDS: &[&str] = &[
    "TargetGroupArn",
    "LoadBalancerArn",
    "ListenerArn",
    "SubnetId",
    "RouteTableId",
    "GroupId",
    "clusterArn",
    "taskDefinitionArn",
];

/// The resources of a workspace by name; each list is in the order of the workspace.
#[derive(Debug, Default)]
pub struct Index {
    kinds: FxHashMap<Kind, Vec<ResourceId>>,
    addresses: FxHashMap<ResourceRef, Vec<ResourceId>>,
    ids: FxHashMap<SmolStr, Vec<ResourceId>>,
    families: FxHashMap<SmolStr, Vec<ResourceId>>,
}

impl Index {
    /// Builds the index.
    pub(super) fn new(workspace: &Workspace) -> Index {
        let mut index = Index::default();
        for resource in workspace.resources() {
            index.kinds.entry(resource.kind).or_default().push(resource.id);
            if let Some(address) = &resource.address {
                index.addresses.entry(address.clone()).or_default().push(resource.id);
            }
            let text = |key: &&str| resource.request.get(key).and_then(Node::as_str).map(SmolStr::from);
            for id in IDS.iter().filter_map(text) {
                index.ids.entry(id).or_default().push(resource.id);
            }
            if let (Kind::Task, Some(family)) = (resource.kind, text(&"family")) {
                index.families.entry(family).or_default().push(resource.id);
            }
        }
        index
    }

    /// The resources of a kind.
    pub fn of(&self, kind: Kind) -> &[ResourceId] {
        self.kinds.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The resources with an address.
    pub fn at(&self, address: &ResourceRef) -> &[ResourceId] {
        self.addresses.get(address).map_or(&[], Vec::as_slice)
    }

    /// The resources with an id or ARN assigned by AWS.
    pub fn called(&self, id: &str) -> &[ResourceId] {
        self.ids.get(id).map_or(&[], Vec::as_slice)
    }

    /// The task definitions with a family.
    pub fn family(&self, family: &str) -> &[ResourceId] {
        self.families.get(family).map_or(&[], Vec::as_slice)
    }
}
