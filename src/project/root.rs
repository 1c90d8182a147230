//! What is known of a Terraform root beside its resources: the region they are made in, and whether all were read.

use smol_str::SmolStr;

use crate::node::{Kind as NodeKind, Node, Unknown};
use crate::project::{Document, Kind, Project, Scope, block_of};

/// A Terraform root.
#[derive(Clone, Debug, PartialEq)]
pub struct Root {
    /// Its scope.
    pub scope: Scope,
    /// The region of its provider, where a file says which it is.
    pub region: Option<Node>,
    /// The addresses of the resources that are made in that region.
    pub in_region: Vec<SmolStr>,
    /// Whether all modules that it calls were read, so that no resource is unseen.
    pub is_whole: bool,
    /// The names of the calls of terraform-aws-modules/vpc that are not on the disk: what they give is known all the same.
    pub vpc_modules: Vec<SmolStr>,
}

impl<'a> Project<'a> {
    /// The resources of one kind in a Terraform root, where certainly all of them and their names are known. There
    /// are none in JSON.
    pub fn all_named(self, kind: Kind, key: &str, scope: Scope) -> Option<Vec<(&'a str, &'a Document)>> {
        let root = self.documents.roots.iter().find(|root| root.scope == scope)?;
        let documents = self.of(kind).filter(|document| document.scope == scope && root.is_whole);
        documents
            .map(|document| Some((self.view(document).str(key).known()?, document)))
            .collect::<Option<Vec<_>>>()
            .filter(|documents| root.is_whole && !documents.is_empty())
    }

    /// The log group of the same Terraform root that a value names.
    pub fn log_group(self, node: &Node, scope: Scope) -> Option<&'a Document> {
        let mut groups = self.of(Kind::LogGroup).filter(|group| group.scope == scope);
        match &node.kind {
            NodeKind::Unknown(Unknown::Attribute { address, .. }) => groups.find(|group| {
                let ours = group.address.as_deref();
                ours == Some(address) || ours.map(block_of) == Some(address)
            }),
            _ => groups.find(|group| {
                group.request.get("logGroupName").is_some_and(|name| name.certainly_equals(node))
            }),
        }
    }

    /// The region that a resource is made in, where that is written.
    pub fn region(self, document: &Document) -> Option<&'a Node> {
        let root = self.documents.roots.iter().find(|root| root.scope == document.scope)?;
        let address = document.address.as_ref()?;
        root.region.as_ref().filter(|_| root.in_region.contains(address))
    }
}
