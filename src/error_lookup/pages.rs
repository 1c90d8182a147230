//! Ranks the rules by the words of their pages, for errors that resemble no known text. The weight of a word is that of Okapi BM25.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::error_lookup::known::table;
use crate::rules::{RULES, Rule};

/// How fast repetitions of a word in a page lose weight, and how much the length of a page matters.
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.6;

/// The minimum weight of the words that a text shares with a page.
const MIN_SCORE: f64 = 12.0;

/// Words that say nothing about the cause of an error.
const COMMON: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "code", "error", "for", "from", "has", "id",
    "in", "is", "it", "message", "must", "not", "of", "on", "or", "request", "resource", "status", "that",
    "the", "this", "to", "was", "with",
];

/// The words of a rule's page, of the conditions under which AWS returns its errors, and of these errors.
struct Page {
    rule: &'static Rule,
    counts: FxHashMap<String, f64>,
    length: f64,
}

static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| RULES.iter().map(Page::new).collect());

/// The rules whose pages share the most words with a text, the closest first.
pub(super) fn nearest(text: &str) -> Vec<&'static Rule> {
    let words: FxHashSet<String> = stems(text).collect();
    let weights: Vec<(&String, f64)> = words.iter().map(|word| (word, weight(word))).collect();
    let average = PAGES.iter().map(|page| page.length).sum::<f64>() / PAGES.len() as f64;
    let scored = PAGES.iter().map(|page| (page.score(&weights, average), page.rule));
    let mut scored: Vec<(f64, &Rule)> = scored.filter(|(score, _)| *score >= MIN_SCORE).collect();
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored.into_iter().map(|(_, rule)| rule).collect()
}

/// The weight of a word: the fewer pages have it, the more.
fn weight(word: &str) -> f64 {
    let with = PAGES.iter().filter(|page| page.counts.contains_key(word)).count() as f64;
    (1.0 + (PAGES.len() as f64 - with + 0.5) / (with + 0.5)).ln()
}

impl Page {
    fn new(rule: &'static Rule) -> Page {
        let rows = table().filter(|row| row.rules().iter().any(|found| found.name == rule.name));
        let rows = rows.flat_map(|row| [row.condition, row.answers]);
        let mut counts: FxHashMap<String, f64> = FxHashMap::default();
        for word in rows.chain([&*prose(rule.text())]).flat_map(|text| stems(text).collect::<Vec<_>>()) {
            *counts.entry(word).or_default() += 1.0;
        }
        let length = counts.values().sum();
        Page { rule, counts, length }
    }

    fn score(&self, words: &[(&String, f64)], average: f64) -> f64 {
        let norm = SATURATION * (1.0 - LENGTH + LENGTH * self.length / average);
        let found = words.iter().filter_map(|(word, weight)| Some((self.counts.get(*word)?, weight)));
        found.map(|(count, weight)| weight * count * (SATURATION + 1.0) / (count + norm)).sum()
    }
}

/// A page without its examples.
fn prose(page: &str) -> String {
    page.split("```").step_by(2).collect()
}

/// The words of a text without endings: `containerPort` is `containerport`, `container`, and `port`.
fn stems(text: &str) -> impl Iterator<Item = String> {
    let pieces = text.split_whitespace().filter(|piece| !piece.contains("arn:"));
    let words = pieces.flat_map(|piece| piece.split(|c: char| !c.is_ascii_alphabetic()));
    words
        .flat_map(parts)
        .filter(|word| word.len() > 1 && !COMMON.contains(&word.as_str()))
        .map(|word| stem(&word))
}

/// A word, and its parts if it is in camel case, in lower case.
fn parts(word: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut was_lower = false;
    for letter in word.chars() {
        if parts.is_empty() || (letter.is_ascii_uppercase() && was_lower) {
            parts.push(String::new());
        }
        parts.last_mut().into_iter().for_each(|part| part.push(letter.to_ascii_lowercase()));
        was_lower = letter.is_ascii_lowercase();
    }
    if parts.len() > 1 {
        parts.push(word.to_ascii_lowercase());
    }
    parts
}

fn stem(word: &str) -> String {
    let is_long = word.len() > 4;
    let short = ["ies", "es", "ed", "ing", "s"].iter().find_map(|end| word.strip_suffix(end));
    short.filter(|_| is_long).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_their_endings_and_camel_case_is_split() {
        let found: Vec<String> = stems("the containerPort of 2 policies, arn:aws:x").collect();
        assert_eq!(found, ["container", "port", "containerport", "polic"]);
    }

    #[test]
    fn a_page_is_found_by_what_it_is_about() {
        let rules = nearest(
            "networkConfiguration is required: the task uses awsvpc mode, but no network configuration was given",
        );
        assert!(rules.iter().take(3).any(|rule| rule.name == "missing-network-configuration"));
        assert!(nearest("no such bucket").is_empty());
    }
}
