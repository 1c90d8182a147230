//! What one file has to do with others: the names by which they can know of each other.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;
use smol_str::SmolStr;

use crate::address::UnitId;
use crate::node::{Kind as NodeKind, Node, Unknown};
use crate::project::index::IDS;
use crate::project::link::family;
use crate::project::{Document, Documents, Kind, Project, Scope};
use crate::span::Span;
use crate::text::Part;
use crate::value::Value;

/// The names in one file or Terraform root, as hashes: two names with one hash only make an island larger.
#[derive(Debug, Default)]
pub(super) struct Kinship {
    /// The families of task definitions in JSON.
    pub families: Vec<u64>,
    /// The families that are named in JSON.
    pub named: Vec<u64>,
    /// What AWS calls the things that are here, by which any document may name them.
    pub ids: Vec<u64>,
    /// All strings.
    pub said: Vec<u64>,
    /// The other Terraform roots whose resources are named.
    pub external: Vec<UnitId>,
    /// Whether AWS's own answers are here.
    pub is_answer: bool,
}

impl Documents {
    /// By what these documents and those of other files can know of each other.
    pub(super) fn kinship(&self) -> &Kinship {
        self.kinship.get_or_init(|| {
            let mut kinship = Kinship::default();
            self.all.iter().for_each(|document| kinship.add(document));
            kinship.said.sort_unstable();
            kinship.said.dedup();
            kinship
        })
    }
}

impl Kinship {
    fn add(&mut self, document: &Document) {
        let text = |key: &str| document.request.get(key).and_then(Node::as_str);
        let is_json = matches!(document.scope, Scope::Json(_));
        match document.kind {
            Kind::Task if is_json => self.families.extend(text("family").map(hash)),
            Kind::Service | Kind::RunTask | Kind::TaskSet => {}
            _ if is_json => {
                self.is_answer = true;
                self.ids.extend(text("clusterName").map(hash));
            }
            _ => {}
        }
        if !matches!(document.kind, Kind::Service | Kind::RunTask | Kind::TaskSet) {
            self.ids.extend(IDS.iter().filter_map(|id| text(id)).map(hash));
        }
        if let Some(named) = document.request.get("taskDefinition").filter(|_| is_json) {
            self.named.extend(family(named).as_deref().map(hash));
        }
        self.hear(&document.request, document.scope);
    }

    fn hear(&mut self, node: &Node, scope: Scope) {
        match &node.kind {
            NodeKind::Unknown(why) => self.notice(why, scope),
            NodeKind::Text(text) if text.known().is_none() => {
                text.parts.iter().for_each(|part| match part {
                    Part::Unknown(why, _) => self.notice(why, scope),
                    Part::Json(inner) => self.hear(inner, scope),
                    Part::Known { .. } => {}
                });
            }
            NodeKind::Array(array) => array.items.iter().for_each(|item| self.hear(item, scope)),
            NodeKind::Object(object) => {
                object.entries.iter().for_each(|entry| self.hear(&entry.value, scope));
            }
            _ => {
                if let Some(text) = node.as_str() {
                    self.said.push(hash(text));
                    self.said.extend(text.split_once(":cluster/").map(|(_, name)| hash(name)));
                }
            }
        }
    }
}

impl Kinship {
    fn notice(&mut self, why: &Unknown, scope: Scope) {
        if let Some(named) = why.resource()
            && named.root != scope.unit()
            && !self.external.contains(&named.root)
        {
            self.external.push(named.root);
        }
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

/// What a document in JSON may have to know of all JSON files, however far off: none where not all is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    families: Option<Vec<SmolStr>>,
    clusters: Option<Vec<(SmolStr, Span)>>,
}

impl Around {
    /// What there is in some documents.
    pub(crate) fn of(documents: &Documents) -> Around {
        let of = |kind: Kind| {
            let json = |document: &&Document| matches!(document.scope, Scope::Json(_));
            documents.all.iter().filter(move |document| document.kind == kind).filter(json)
        };
        let text = |document: &Document, key: &str| {
            document
                .request
                .get(key)
                .and_then(Node::as_str)
                .filter(|text| !text.is_empty())
                .map(SmolStr::from)
        };
        Around {
            families: of(Kind::Task).map(|task| text(task, "family")).collect(),
            clusters: of(Kind::Cluster)
                .map(|cluster| Some((text(cluster, "clusterName")?, cluster.title)))
                .collect(),
        }
    }

    /// Whether the other says the same of what was looked at.
    pub(crate) fn is_same(&self, other: &Around, looked: Looked) -> bool {
        (!looked.families || self.families == other.families)
            && (!looked.clusters || self.clusters == other.clusters)
    }
}

/// What somebody has looked at who looked around.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// The families of all JSON files.
    pub families: bool,
    /// The clusters of all JSON files.
    pub clusters: bool,
}

impl Looked {
    /// What either has looked at.
    pub(crate) fn or(self, other: Looked) -> Looked {
        Looked { families: self.families || other.families, clusters: self.clusters || other.clusters }
    }
}

impl<'a> Project<'a> {
    fn around(self) -> &'a Around {
        self.around.unwrap_or_else(|| self.documents.around.get_or_init(|| Around::of(self.documents)))
    }

    /// The families that a service of a scope may mean; none where not all are known.
    pub fn families_near(self, scope: Scope) -> Option<Vec<&'a str>> {
        if scope.is_terraform() {
            let tasks = self.tasks().filter(|task| task.document.scope == scope);
            let families: Vec<_> = tasks.map(|task| task.family()).collect();
            return families.into_iter().map(Value::known).collect();
        }
        self.reads.looks(Looked { families: true, ..Looked::default() });
        self.around().families.as_ref().map(|all| all.iter().map(SmolStr::as_str).collect())
    }

    /// The clusters that a service of a scope may mean, and where they are made; none where not all are known.
    pub fn clusters_near(self, scope: Scope) -> Option<Vec<(&'a str, Span)>> {
        if scope.is_terraform() {
            let clusters = self.clusters().filter(|cluster| cluster.document.scope == scope);
            let named: Vec<_> =
                clusters.map(|cluster| Some((cluster.name().known()?, cluster.document.title))).collect();
            return named.into_iter().collect();
        }
        self.reads.looks(Looked { clusters: true, ..Looked::default() });
        self.around().clusters.as_ref().map(|all| all.iter().map(|(name, at)| (name.as_str(), *at)).collect())
    }
}
