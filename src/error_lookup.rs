//! Finds the rules that report the cause of an AWS error.
//!
//! A pasted error is compared with every text in `rules/errors.tsv` and with every quotation in the rule book. Words that occur in
//! few of these texts weigh more than words that occur in many, and words must come in the same order. If no text is similar, the
//! words of the pages are compared.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use crate::error_lookup::known::{KnownError, Origin, known_errors};
use crate::error_lookup::words::{Word, words};
use crate::rules::Rule;

mod known;
mod pages;
mod words;

pub use known::{Row, table};

/// The number of causes that are offered.
const MAX_MATCHES: usize = 3;

/// The words of a pasted text that are compared; what follows is the configuration that Terraform prints.
const MAX_WORDS: usize = 400;

/// Known texts with less weight are too generic to compare.
const MIN_WEIGHT: f64 = 6.0;

/// The minimum share of a known text that a candidate contains.
const MIN_SHARE: f64 = 0.45;

/// If only a part of a known text was pasted: the minimum share of the pasted text that the known text contains, and the
/// factor by which such candidates count less.
const MIN_SHARE_OF_PASTED: f64 = 0.6;
const PART: f64 = 0.5;

/// The minimum weight of the common words, unless the share is at least [`WHOLE`].
const MIN_COMMON: f64 = 9.0;
const WHOLE: f64 = 0.99;

/// The minimum share of an exact match.
const EXACT_SHARE: f64 = 0.85;

/// An exact match contains every word of at least this weight, because such words distinguish one error from another.
const RARE: f64 = 4.5;

/// The share of its weight that an example name in a quotation contributes; real errors contain other names.
const NAME_SHARE: f64 = 0.3;

/// A known error that resembles a text.
#[derive(Clone, Debug)]
pub struct Match {
    /// The text of AWS; `…` stands for a name or a number. `None` if only the page of the rule is similar.
    pub answer: Option<String>,
    /// The rules that find the cause, the closest first; empty if no rule can.
    pub rules: Vec<&'static Rule>,
    /// When AWS returns the error, and why no rule can find it; `None` for errors that have rules.
    pub uncovered: Option<(&'static str, &'static str)>,
    /// `true` if the text is this error, `false` if it only resembles it.
    pub is_exact: bool,
}

impl Match {
    /// A page that is about the same things as a text.
    fn of_page(rule: &'static Rule) -> Match {
        Match { answer: None, rules: vec![rule], uncovered: None, is_exact: false }
    }

    /// Distinguishes it from matches with other causes.
    fn cause(&self) -> Option<&'static str> {
        let rule = self.rules.first().map(|rule| rule.name);
        rule.or(self.uncovered.map(|(condition, _)| condition))
    }
}

/// The known errors that a text resembles most: at most three, of different causes, the closest first. The text may be a whole
/// line of Terraform, CloudFormation or the AWS CLI, with the author's own names in it.
pub fn matches(text: &str) -> Vec<Match> {
    let known = known_errors();
    let weights = Weights::new(&known);
    let pasted: Vec<Word> = words(text).into_iter().take(MAX_WORDS).collect();
    let mut scored: Vec<(Score, &KnownError)> =
        known.iter().filter_map(|error| Some((weights.score(&error.words, &pasted)?, error))).collect();
    scored.sort_by(|(a, _), (b, _)| b.rank().total_cmp(&a.rank()));
    let mut matches: Vec<Match> = Vec::new();
    for (score, error) in scored {
        let next = error.to_match(score.is_exact() && !error.is_ambiguous);
        if matches.len() < MAX_MATCHES && !matches.iter().any(|found| found.cause() == next.cause()) {
            matches.push(next);
        }
    }
    // If nothing like it is known, the pages that are about the same things may explain it.
    if matches.is_empty() {
        matches.extend(pages::nearest(text).into_iter().take(MAX_MATCHES).map(Match::of_page));
    }
    matches
}

/// How well a known text fits a pasted one.
#[derive(Clone, Copy, Debug)]
struct Score {
    /// The weight of the common words in the same order.
    weight: f64,
    /// Its share of the known text.
    share: f64,
    /// Its share of the pasted text, which is high if only a part of the known text was pasted.
    share_of_pasted: f64,
    /// The weight of the rarest word of the known text that the pasted one lacks.
    lacking: f64,
}

impl Score {
    fn rank(self) -> f64 {
        let whole = self.share * self.share;
        let part = PART * self.share_of_pasted * self.share_of_pasted;
        self.weight * whole.max(part)
    }

    fn is_exact(self) -> bool {
        self.share >= EXACT_SHARE && self.lacking < RARE
    }
}

/// The weight of every word: the rarer it is in the known texts, the more.
struct Weights<'k> {
    texts: usize,
    /// The number of known texts with the word.
    counts: FxHashMap<&'k str, usize>,
}

impl<'k> Weights<'k> {
    fn new(known: &'k [KnownError]) -> Weights<'k> {
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for error in known {
            let mut texts: Vec<&str> = error.words.iter().map(|word| word.text.as_str()).collect();
            texts.sort_unstable();
            texts.dedup();
            texts.into_iter().for_each(|text| *counts.entry(text).or_default() += 1);
        }
        Weights { texts: known.len(), counts }
    }

    #[expect(clippy::cast_precision_loss, reason = "there are some hundred texts")]
    fn weight(&self, word: &Word) -> f64 {
        let count = self.counts.get(word.text.as_str()).copied().unwrap_or_default();
        ((self.texts as f64 + 1.0) / (count as f64 + 0.5)).ln()
    }

    /// Returns `true` for an example name in a quotation: quoted, and in hardly any other text.
    fn is_name(&self, word: &Word) -> bool {
        word.is_quoted && self.counts.get(word.text.as_str()).is_none_or(|count| *count <= 2)
    }

    /// Compares two texts; `None` if the known text is too generic, or they have too little in common.
    fn score(&self, known: &[Word], pasted: &[Word]) -> Option<Score> {
        let needed = || known.iter().filter(|word| !self.is_name(word));
        let all: f64 = needed().map(|word| self.weight(word)).sum();
        if all < MIN_WEIGHT {
            return None;
        }
        let weight = self.common(known, pasted);
        let share = (weight / all).min(1.0);
        let is_lacking = |word: &&Word| !pasted.iter().any(|other| other.text == word.text);
        let lacking = needed().filter(is_lacking).map(|word| self.weight(word));
        let lacking = lacking.max_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal)).unwrap_or_default();
        let is_known = |word: &&Word| self.counts.contains_key(word.text.as_str());
        let all_pasted: f64 = pasted.iter().filter(is_known).map(|word| self.weight(word)).sum();
        let share_of_pasted = weight / all_pasted.max(1.0);
        let says_enough = weight >= MIN_COMMON || share >= WHOLE;
        let is_like = share >= MIN_SHARE || share_of_pasted >= MIN_SHARE_OF_PASTED;
        (is_like && says_enough).then_some(Score { weight, share, share_of_pasted, lacking })
    }

    /// The weight of the heaviest common subsequence.
    fn common(&self, known: &[Word], pasted: &[Word]) -> f64 {
        let mut row = vec![0.0_f64; pasted.len() + 1];
        for word in known {
            let weight = self.weight(word) * if self.is_name(word) { NAME_SHARE } else { 1.0 };
            let mut diagonal = 0.0;
            for (index, other) in pasted.iter().enumerate() {
                let above = row[index + 1];
                let both = if word.text == other.text { diagonal + weight } else { 0.0 };
                row[index + 1] = both.max(above).max(row[index]);
                diagonal = above;
            }
        }
        row.last().copied().unwrap_or_default()
    }
}

impl KnownError {
    fn to_match(&self, is_exact: bool) -> Match {
        let uncovered = match self.origin {
            Origin::Table { condition, reason } if self.rules.is_empty() => Some((condition, reason)),
            _ => None,
        };
        Match { answer: Some(self.answer.clone()), rules: self.rules.clone(), uncovered, is_exact }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quotation_of_a_page_is_an_exact_match() {
        let known = known_errors();
        let weights = Weights::new(&known);
        for error in known.iter().filter(|error| matches!(error.origin, Origin::Quotation)) {
            let Some(score) = weights.score(&error.words, &error.words) else { continue };
            assert!(score.weight < MIN_COMMON || score.is_exact(), "{}", error.answer);
            let found = matches(&error.answer);
            assert!(found.first().is_some_and(|found| !found.rules.is_empty()), "{}", error.answer);
        }
    }

    #[test]
    fn text_that_is_not_an_error_matches_nothing_exactly() {
        for text in ["", "the task", "no such bucket", "a container that does not exist", "42"] {
            assert!(!matches(text).iter().any(|found| found.is_exact), "{text}");
        }
    }
}
