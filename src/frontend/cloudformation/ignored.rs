//! Suppression by `Metadata`: our own entries, and those of cfn-lint.

use crate::resource::IgnoredRule;
use crate::value::Node;

/// The checks of cfn-lint, and the rules that find the same.
const CFN_LINT: &str = include_str!("cfn_lint.tsv");

/// The rules that the metadata of a resource or of a template suppresses.
pub(super) fn rules(metadata: &Node) -> Vec<IgnoredRule> {
    let own = texts(metadata, &["ecslint", "ignore"]);
    let own = own.map(|(name, node)| IgnoredRule { rule: name.into(), at: Some(node.at) });
    let others = texts(metadata, &["cfn-lint", "config", "ignore_checks"]);
    own.chain(others.flat_map(|(check, _)| equivalents(check))).collect()
}

/// The texts in the list at a path, or the text there.
fn texts<'n>(node: &'n Node, path: &[&str]) -> impl Iterator<Item = (&'n str, &'n Node)> {
    let found = path.iter().try_fold(node, |node, key| node.get(key));
    let list = found.map_or(&[][..], |found| match found.as_array() {
        Some(array) => array.items.as_slice(),
        None => std::slice::from_ref(found),
    });
    list.iter().filter_map(|item| Some((item.as_str()?, item)))
}

/// The rules that find the same as the checks whose names begin like this.
fn equivalents(check: &str) -> impl Iterator<Item = IgnoredRule> {
    let lines = CFN_LINT.lines().filter_map(|line| line.split_once('\t'));
    let named = lines.filter(move |(known, _)| !check.is_empty() && known.starts_with(check));
    let rules = named.flat_map(|(_, rules)| rules.split(' '));
    rules.map(|rule| IgnoredRule { rule: rule.into(), at: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checks_of_cfn_lint_are_those_in_the_list_of_peers() {
        let peers = include_str!("../../../tests/peers.tsv").lines().map(|line| line.split('\t'));
        let own =
            peers.map(Iterator::collect::<Vec<_>>).filter(|row| row[0] == "cfn-lint" && !row[3].is_empty());
        let listed: String = own.map(|row| format!("{}\t{}\n", row[1], row[3])).collect();
        assert_eq!(CFN_LINT, listed);
    }
}
