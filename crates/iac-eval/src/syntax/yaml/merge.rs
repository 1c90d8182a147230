//! Merge keys: `<<: *base`.

use std::collections::HashSet;

use smol_str::SmolStr;

use crate::value::{Entry, Node};

/// Applies `<<: *base`: adds the members of each base that are not among `entries` yet. A base is an object or a list of
/// objects.
pub(super) fn into(entries: &mut Vec<Entry>, bases: &[Node]) {
    let mut known: HashSet<SmolStr> = entries.iter().map(|entry| entry.key.clone()).collect();
    let mut merged: Vec<Entry> = Vec::new();
    for base in bases.iter().flat_map(objects).filter_map(Node::as_object) {
        let first = merged.len();
        merged.extend(base.entries.iter().filter(|entry| !known.contains(&entry.key)).cloned());
        known.extend(merged[first..].iter().map(|entry| entry.key.clone()));
    }
    // The mapping's own members follow; the later of two members with the same key wins.
    entries.splice(0..0, merged);
}

fn objects(base: &Node) -> &[Node] {
    base.as_array().map_or(std::slice::from_ref(base), |array| &array.items)
}
