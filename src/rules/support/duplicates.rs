//! Duplicate items in lists.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use smol_str::SmolStr;

use crate::diagnostic::{Finding, Place};
use crate::value::Node;
use crate::view::UnknownReads;

/// Returns every repetition of a key: the key, the first item that has it, and the item that repeats it.
pub fn by_key<K: Copy + Ord, T: Copy>(
    items: impl IntoIterator<Item = (K, T)>,
) -> impl Iterator<Item = (K, T, T)> {
    let mut firsts: BTreeMap<K, T> = BTreeMap::new();
    items.into_iter().filter_map(move |(key, item)| match firsts.entry(key) {
        Entry::Occupied(first) => Some((key, *first.get(), item)),
        Entry::Vacant(free) => {
            free.insert(item);
            None
        }
    })
}

/// Returns every item that conflicts with an earlier one, as a pair of the first such earlier item and the item itself.
/// Use it for items that have no key to compare.
pub fn by<T: Copy>(
    items: impl IntoIterator<Item = T>,
    conflicts: impl Fn(T, T) -> bool,
) -> impl Iterator<Item = (T, T)> {
    let mut earlier: Vec<T> = Vec::new();
    items.into_iter().filter_map(move |item| {
        let first = earlier.iter().copied().find(|first| conflicts(*first, item));
        earlier.push(item);
        Some((first?, item))
    })
}

/// As [`by`], for very many items: only items with the same key are compared, and each comparison is a step of the rule.
pub fn within_keys<K: Hash + Eq, T: Copy>(
    items: impl IntoIterator<Item = (K, T)>,
    reads: &UnknownReads,
    conflicts: impl Fn(T, T) -> bool,
) -> Vec<(T, T)> {
    let mut earlier: HashMap<K, Vec<T>> = HashMap::new();
    let mut found = Vec::new();
    for (key, item) in items {
        let same = earlier.entry(key).or_default();
        let first = same.iter().copied().find(|first| {
            reads.step(1);
            conflicts(*first, item)
        });
        found.extend(first.map(|first| (first, item)));
        same.push(item);
    }
    found
}

/// A text that two values have in common if they certainly are equal.
pub fn key_of(value: &Node) -> SmolStr {
    value.called().unwrap_or_else(|| value.known_start().into())
}

/// Labels the first item, unless the same bytes define both, as in instances of one block.
pub fn label_first(finding: Finding, at: Place, first: Place) -> Finding {
    if first.span == at.span { finding.about(first) } else { finding.label(first, "the first one") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_duplicate_comes_with_the_first_of_its_key() {
        let found: Vec<_> = by_key([("a", 1), ("b", 2), ("a", 3), ("a", 4)]).collect();
        assert_eq!(found, [("a", 1, 3), ("a", 1, 4)]);
    }

    #[test]
    fn an_item_may_conflict_with_one_that_is_a_duplicate_itself() {
        let overlaps = |one: (i32, i32), other: (i32, i32)| one.0 <= other.1 && other.0 <= one.1;
        let found: Vec<_> = by([(1, 3), (3, 6), (5, 8), (9, 9)], overlaps).collect();
        assert_eq!(found, [((1, 3), (3, 6)), ((3, 6), (5, 8))]);
    }
}
