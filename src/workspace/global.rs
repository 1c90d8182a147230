//! What a resource may have to know of all files, however far off.

use smol_str::SmolStr;

use crate::resource::{Kind, Links, Resource};
use crate::source::Span;
use crate::value::Node;
use crate::workspace::Workspace;

/// The names in all files of formats that link by names; `None` where not all are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GlobalNames {
    /// The families of task definitions.
    pub families: Option<Vec<SmolStr>>,
    /// The names of clusters, and where each is declared.
    pub clusters: Option<Vec<(SmolStr, Span)>>,
}

impl GlobalNames {
    /// The names in a workspace.
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

    /// Whether the other says the same of what was read.
    pub fn is_same(&self, other: &GlobalNames, reads: GlobalReads) -> bool {
        (!reads.families || self.families == other.families)
            && (!reads.clusters || self.clusters == other.clusters)
    }
}

/// Which names of all files a rule has read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GlobalReads {
    /// The families.
    pub families: bool,
    /// The clusters.
    pub clusters: bool,
}

impl GlobalReads {
    /// What either has read.
    #[must_use]
    pub fn or(self, other: GlobalReads) -> GlobalReads {
        GlobalReads { families: self.families || other.families, clusters: self.clusters || other.clusters }
    }
}
