//! The known errors of AWS.

use rustc_hash::FxHashMap;

use crate::error_lookup::words::{Word, words};
use crate::rules::{self, RULES, Rule};

/// A part of a text with fewer words occurs in errors with other causes.
const MIN_WORDS_OF_PART: usize = 3;

/// A text that AWS returns, or a sentence of it.
#[derive(Clone, Debug)]
pub(super) struct KnownError {
    /// The whole text.
    pub answer: String,
    /// The words that are compared.
    pub words: Vec<Word>,
    /// The rules that find its cause, the closest first.
    pub rules: Vec<&'static Rule>,
    /// Where the text is from.
    pub origin: Origin,
    /// Whether the text has several causes, of which the rules find some.
    pub is_ambiguous: bool,
}

/// The mark before a text in `rules/errors.tsv` that has several causes.
const AMBIGUOUS: &str = "~ ";

/// Where the text of an error is from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin {
    /// `rules/errors.tsv`.
    Table {
        /// When AWS returns the error.
        condition: &'static str,
        /// Why no rule finds it; empty if one does.
        reason: &'static str,
    },
    /// A quotation on the page of a rule.
    Quotation,
}

/// A row of `rules/errors.tsv`.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its number, which pages name as `evidence`.
    pub number: u16,
    /// When AWS returns the error.
    pub condition: &'static str,
    /// The rules that find it, separated by blanks; a page may name the row too.
    pub rules: &'static str,
    /// Why no rule finds it; empty if one does.
    pub reason: &'static str,
    /// The texts of AWS, separated by ` | `, where they are known; `…` stands for a name or a number. `~ ` before a text says
    /// that it has other causes too.
    pub answers: &'static str,
}

/// The table of the errors that AWS returns.
pub fn table() -> impl Iterator<Item = Row> {
    let lines = include_str!("../../rules/errors.tsv").lines().skip(1);
    lines.filter_map(|line| {
        let mut columns = line.split('\t');
        let mut next = || columns.next();
        let number = next()?.parse().ok()?;
        Some(Row { number, condition: next()?, rules: next()?, reason: next()?, answers: next()? })
    })
}

impl Row {
    /// The rules that find the error, the closest first.
    pub fn rules(&self) -> Vec<&'static Rule> {
        let named = self.rules.split_whitespace().filter_map(rules::find);
        let claiming = RULES.iter().filter(|rule| rule.evidence.contains(&self.number));
        named.chain(claiming).fold(Vec::new(), |mut all, rule| {
            if !all.iter().any(|known: &&Rule| known.name == rule.name) {
                all.push(rule);
            }
            all
        })
    }
}

/// Every known text, whole and sentence by sentence.
pub(super) fn known_errors() -> Vec<KnownError> {
    let mut known = Vec::new();
    for row in table() {
        let (rules, origin) = (row.rules(), Origin::Table { condition: row.condition, reason: row.reason });
        for answer in row.answers.split(" | ").filter(|answer| !answer.is_empty()) {
            let unmarked = answer.strip_prefix(AMBIGUOUS);
            let is_ambiguous = unmarked.is_some();
            let error = KnownError::new(unmarked.unwrap_or(answer), &rules, origin);
            known.push(KnownError { is_ambiguous, ..error });
        }
    }
    for rule in RULES {
        let quotations = quotations(rule.text()).into_iter();
        known.extend(quotations.map(|text| KnownError::new(&text, &[rule], Origin::Quotation)));
    }
    let sentences: Vec<KnownError> = known.iter().flat_map(KnownError::sentences).collect();
    known.extend(without_ambiguous(sentences));
    known
}

impl KnownError {
    fn new(answer: &str, rules: &[&'static Rule], origin: Origin) -> KnownError {
        let words = words(answer);
        KnownError { answer: answer.to_owned(), words, rules: rules.to_vec(), origin, is_ambiguous: false }
    }

    /// Its sentences, and the text after each colon, because a pasted text may contain only a part. The text before a colon is too
    /// generic: many errors start with the same words.
    fn sentences(&self) -> Vec<KnownError> {
        let is_advice = |sentence: &&str| sentence.starts_with("For more information");
        let sentences = self.answer.split_inclusive(". ").filter(|sentence| !is_advice(sentence));
        let ends = |sentence: &'_ str| -> Vec<usize> {
            sentence.match_indices(": ").map(|(at, _)| at + 2).collect()
        };
        sentences
            .flat_map(|sentence| {
                let starts = std::iter::once(0).chain(ends(sentence));
                starts.map(|start| &sentence[start..]).collect::<Vec<_>>()
            })
            .filter(|part| *part != self.answer)
            .map(|part| KnownError { words: words(part), ..self.clone() })
            .filter(|part| part.words.len() >= MIN_WORDS_OF_PART)
            .collect()
    }
}

/// Removes the sentences that occur in several errors with different rules.
fn without_ambiguous(sentences: Vec<KnownError>) -> impl Iterator<Item = KnownError> {
    let key = |error: &KnownError| error.words.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
    let mut rules: FxHashMap<Vec<String>, Vec<Option<&str>>> = FxHashMap::default();
    for error in &sentences {
        let first = error.rules.first().map(|rule| rule.name);
        let known = rules.entry(key(error)).or_default();
        if !known.contains(&first) {
            known.push(first);
        }
    }
    sentences.into_iter().filter(move |error| rules.get(&key(error)).is_some_and(|rules| rules.len() == 1))
}

/// The quotations of a page, each as a single line.
fn quotations(page: &str) -> Vec<String> {
    let mut quotations: Vec<String> = Vec::new();
    let mut is_inside = false;
    for line in page.lines() {
        let quoted = line.strip_prefix("> ");
        match (quoted, quotations.last_mut()) {
            (Some(text), Some(last)) if is_inside => *last = format!("{last} {text}"),
            (Some(text), _) => quotations.push(text.to_owned()),
            (None, _) => {}
        }
        is_inside = quoted.is_some();
    }
    quotations
}
