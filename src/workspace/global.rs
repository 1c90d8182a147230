//! Names from all files, which a resource may need even if the file is far away.

use smol_str::SmolStr;

use crate::resource::{Kind, Links, Resource};
use crate::source::Span;
use crate::value::Node;
use crate::workspace::Workspace;

/// The names in all files of formats that link by name; each list is `None` unless it is complete.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GlobalNames {
    /// The families of task definitions.
    pub families: Option<Vec<SmolStr>>,
    /// The names of clusters, and the place of each.
    pub clusters: Option<Vec<(SmolStr, Span)>>,
}

impl GlobalNames {
    /// Collects the names in a workspace.
    pub fn of(workspace: &Workspace) -> GlobalNames {
        let of = |kind: Kind| {
            let resources = workspace.resources().filter(move |resource| resource.kind == kind);
            resources.filter(|resource| resource.traits.links == Links::ByName)
        };
        let text = |resource: &Resource, key: &str| {
            let text = resource.request.get(key).and_then(Node::as_str);
            text.filter(|text| !text.is_empty()).map(SmolStr::from)
        };
        GlobalNames {
            families: of(Kind::Task).map(|task| text(task, "family")).collect(),
            clusters: of(Kind::Cluster)
                .map(|cluster| Some((text(cluster, "clusterName")?, cluster.header)))
                .collect(),
        }
    }

    /// Returns `true` if the names that were read are the same in both.
    pub fn is_same(&self, other: &GlobalNames, reads: GlobalReads) -> bool {
        (!reads.families || self.families == other.families)
            && (!reads.clusters || self.clusters == other.clusters)
    }
}

/// Which names from all files a rule read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GlobalReads {
    /// The families.
    pub families: bool,
    /// The clusters.
    pub clusters: bool,
}

impl GlobalReads {
    /// The union of both.
    #[must_use]
    pub fn or(self, other: GlobalReads) -> GlobalReads {
        GlobalReads { families: self.families || other.families, clusters: self.clusters || other.clusters }
    }
}
