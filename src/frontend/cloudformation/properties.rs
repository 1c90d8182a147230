//! Properties that CloudFormation does not know.

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use crate::cloudformation::Resource;
use crate::resource::{SupportedBy, UnknownArgument};
use crate::value::{Entry, Node, NodeKind};

/// The properties of each type, by the path of the object that has them.
static KNOWN: LazyLock<FxHashMap<&str, FxHashMap<&str, Vec<&str>>>> = LazyLock::new(|| {
    let mut known: FxHashMap<&str, FxHashMap<&str, Vec<&str>>> = FxHashMap::default();
    for line in include_str!("../../../schemas/cloudformation-properties.tsv").lines() {
        let mut columns = line.split('\t');
        if let (Some(kind), Some(path), Some(names)) = (columns.next(), columns.next(), columns.next()) {
            known.entry(kind).or_default().insert(path, names.split_whitespace().collect());
        }
    }
    known
});

/// The properties of a resource that its type does not have.
pub(super) fn unknown(resource: &Resource) -> Vec<UnknownArgument> {
    let kind = resource.address.resource.kind.as_str();
    let mut found = Vec::new();
    if let Some(known) = KNOWN.get(kind) {
        Search { known, kind, found: &mut found }.object(&resource.properties, "");
    }
    found
}

struct Search<'s> {
    known: &'s FxHashMap<&'static str, Vec<&'static str>>,
    kind: &'s str,
    found: &'s mut Vec<UnknownArgument>,
}

impl Search<'_> {
    fn object(&mut self, node: &Node, path: &str) {
        let entries = match &node.kind {
            NodeKind::Array(list) => return list.items.iter().for_each(|item| self.object(item, path)),
            NodeKind::Object(object) => &object.entries,
            _ => return,
        };
        let Some(names) = self.known.get(path) else { return };
        for entry in entries {
            if !names.contains(&entry.written.as_str()) {
                self.report(entry, entries, path, names);
            } else if matches!(entry.value.kind, NodeKind::Object(_) | NodeKind::Array(_)) {
                let inner = if path.is_empty() {
                    entry.written.to_string()
                } else {
                    format!("{path}.{}", entry.written)
                };
                self.object(&entry.value, &inner);
            }
        }
    }

    fn report(&mut self, entry: &Entry, entries: &[Entry], path: &str, names: &[&'static str]) {
        // A function, whose value is not known.
        if entry.written.starts_with("Fn::") || entry.written == "Ref" {
            return;
        }
        let is_free = |name: &&&str| entries.iter().all(|entry| entry.written != **name);
        let free: Arc<[&'static str]> = names.iter().filter(is_free).copied().collect();
        let owner = path.rsplit('.').next().filter(|name| !name.is_empty()).unwrap_or(self.kind);
        let is_outside = !path.is_empty()
            && self.known.get("").is_some_and(|names| names.contains(&entry.written.as_str()));
        self.found.push(UnknownArgument {
            entry: entry.clone(),
            owner: owner.into(),
            free,
            block: None,
            is_outside,
            home: None,
            supported_by: SupportedBy::CloudFormation,
            removal: None,
        });
    }
}
