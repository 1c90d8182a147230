//! Documents by what others name them by, so that a link is looked up and not searched for.

use std::path::Path;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::address::ResourceRef;
use crate::node::Node;
use crate::project::{Documents, Kind};
use crate::span::FileId;

/// The members of an AWS answer by which other documents name the thing.
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

/// Where documents stand in [`Documents::all`]; each list in its order.
#[derive(Debug, Default)]
pub(super) struct Index {
    kinds: FxHashMap<Kind, Vec<usize>>,
    addresses: FxHashMap<ResourceRef, Vec<usize>>,
    ids: FxHashMap<SmolStr, Vec<usize>>,
    families: FxHashMap<SmolStr, Vec<usize>>,
    directories: FxHashMap<FileId, usize>,
}

impl Index {
    /// The index of all documents.
    pub(super) fn new(documents: &Documents) -> Index {
        let mut index = Index::default();
        for (at, document) in documents.all.iter().enumerate() {
            index.kinds.entry(document.kind).or_default().push(at);
            if let Some(address) = &document.address {
                index.addresses.entry(address.clone()).or_default().push(at);
            }
            let text = |key: &&str| document.request.get(key).and_then(Node::as_str).map(SmolStr::from);
            for id in IDS.iter().filter_map(text) {
                index.ids.entry(id).or_default().push(at);
            }
            if let (Kind::Task, Some(family)) = (document.kind, text(&"family")) {
                index.families.entry(family).or_default().push(at);
            }
        }
        for (at, (file, _)) in documents.directories.iter().enumerate() {
            index.directories.entry(*file).or_insert(at);
        }
        index
    }

    /// The documents of a kind.
    pub(super) fn of(&self, kind: Kind) -> &[usize] {
        self.kinds.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The documents of an address.
    pub(super) fn at(&self, address: &ResourceRef) -> &[usize] {
        self.addresses.get(address).map_or(&[], Vec::as_slice)
    }

    /// The documents that AWS calls so.
    pub(super) fn called(&self, id: &str) -> &[usize] {
        self.ids.get(id).map_or(&[], Vec::as_slice)
    }

    /// The task definitions of a family.
    pub(super) fn family(&self, family: &str) -> &[usize] {
        self.families.get(family).map_or(&[], Vec::as_slice)
    }

    /// The directory of a JSON file that a document came of.
    pub(super) fn directory<'d>(&self, documents: &'d Documents, file: FileId) -> Option<&'d Path> {
        let (_, path) = documents.directories.get(*self.directories.get(&file)?)?;
        Some(path)
    }
}
