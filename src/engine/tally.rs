//! Counts the findings of each rule.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};

/// The findings of a rule at one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The rule.
    pub rule: &'static str,
    /// The level.
    pub severity: Severity,
    /// The number of findings.
    pub count: usize,
    /// How many of them have a fix.
    pub fixable: usize,
}

/// Counts the findings of each rule and level, most frequent first.
pub fn tally(diagnostics: &[Diagnostic]) -> Vec<Tally> {
    let mut counts: BTreeMap<(&'static str, Severity), (usize, usize)> = BTreeMap::new();
    for found in diagnostics {
        let (count, fixable) = counts.entry((found.rule, found.severity)).or_default();
        *count += 1;
        *fixable += usize::from(found.fix.is_some());
    }
    let mut tallies: Vec<Tally> = counts
        .into_iter()
        .map(|((rule, severity), (count, fixable))| Tally { rule, severity, count, fixable })
        .collect();
    tallies.sort_by_key(|tally| Reverse(tally.count));
    tallies
}
