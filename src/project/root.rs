//! What is known of a Terraform root beside its resources: the region they are made in, and whether all were read.

use smol_str::SmolStr;

use crate::address::{ModulePath, ResourceRef};
use crate::node::Node;
use crate::project::{Document, Kind, Project, Scope};

/// A Terraform root.
#[derive(Clone, Debug, PartialEq)]
pub struct Root {
    /// Its scope.
    pub scope: Scope,
    /// The regions that resources of its modules are made in, where a file says which they are.
    pub regions: Vec<(ModulePath, Node)>,
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
        match node.resource() {
            Some(named) => groups.find(|group| {
                let is_named = |ours: &ResourceRef| ours == named || ours.block() == **named;
                group.address.as_ref().is_some_and(is_named)
            }),
            None => groups.find(|group| {
                group.request.get("logGroupName").is_some_and(|name| name.certainly_equals(node))
            }),
        }
    }

    /// The region that a resource is made in, where that is written.
    pub fn region(self, document: &Document) -> Option<&'a Node> {
        let root = self.documents.roots.iter().find(|root| root.scope == document.scope)?;
        let module = &document.address.as_ref()?.module;
        let regions = root.regions.iter().filter(|(known, _)| known == module && !document.is_elsewhere);
        regions.map(|(_, region)| region).next()
    }
}
