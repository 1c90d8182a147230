//! The values of credentials, and the search for them in any text.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::automaton::{Automaton as _, StateID};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

use crate::secrets::patterns;
use crate::secrets::reference::is_common;

/// Minimum length in bytes; shorter values could be part of any word, so they are hidden only where a text quotes them.
const MIN_LEN: usize = 4;

/// Maximum number of digits of a number that can be a port or a size.
const MAX_DIGITS: usize = 5;

/// The number of digits of an account ID.
const ACCOUNT_DIGITS: usize = 12;

/// Where a value is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Within {
    /// Only in findings about a place that is marked as a secret, and only between quotation marks: it is short.
    Quotes,
    /// Only in findings about a place that is marked as a secret, and only as a whole word: it is a common word, or a name that
    /// is also used without a mark.
    Findings,
    /// In any text, but only as a whole word.
    Words,
    /// Anywhere.
    Any,
}

/// The values to search for in texts. Their parts overlap if a value repeats itself, so the time to build this and to search
/// must not depend on that: a table of all transitions would be filled in for each suffix of a value.
#[derive(Debug)]
pub(super) struct Values {
    search: NFA,
    within: Vec<Within>,
}

impl Values {
    /// The values to search for between quotation marks in findings, anywhere in findings, and in any text.
    pub(super) fn all(values: BTreeMap<String, Within>) -> [Option<Arc<Values>>; 3] {
        let mut all = [Vec::new(), Vec::new(), Vec::new()];
        for (value, within) in values {
            let position = match within {
                Within::Quotes => 0,
                Within::Findings => 1,
                Within::Words | Within::Any => 2,
            };
            all[position].push((value, within));
        }
        all.map(Values::new)
    }

    fn new(values: Vec<(String, Within)>) -> Option<Arc<Values>> {
        let (texts, within): (Vec<String>, Vec<Within>) = values.into_iter().unzip();
        let search = NFA::builder().match_kind(MatchKind::Standard).build(texts).ok()?;
        (!within.is_empty()).then(|| Arc::new(Values { search, within }))
    }

    /// The places of the values in a text, ordered and without overlaps.
    pub(super) fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let Ok(mut state) = self.search.start_state(Anchored::No) else { return found };
        for (at, byte) in text.bytes().enumerate() {
            state = self.search.next_state(Anchored::No, state, byte);
            let Some(mut place) = self.ending(text, state, at + 1) else { continue };
            while let Some(last) = found.pop_if(|last| last.end > place.start) {
                place.start = place.start.min(last.start);
            }
            found.push(place);
        }
        found
    }

    /// The longest value that ends at an offset and is hidden there.
    fn ending(&self, text: &str, state: StateID, end: usize) -> Option<Range<usize>> {
        if !self.search.is_match(state) {
            return None;
        }
        let values = (0..self.search.match_len(state)).map(|index| self.search.match_pattern(state, index));
        let mut places = values.map(|value| (end - self.search.pattern_len(value)..end, self.within[value]));
        places.find(|(place, within)| within.hides(text, place)).map(|(place, _)| place)
    }
}

impl Within {
    /// Whether a value at a place of a text is hidden.
    fn hides(self, text: &str, place: &Range<usize>) -> bool {
        let of_name = |c: char| c.is_alphanumeric() || "_-./:@".contains(c);
        let (before, behind) = (&text[..place.start], &text[place.end..]);
        match self {
            Within::Any => true,
            Within::Words | Within::Findings => !behind.starts_with(of_name) && !before.ends_with(of_name),
            Within::Quotes => behind.starts_with(['`', '"']) && before.ends_with(['`', '"']),
        }
    }
}

/// Records a credential as it is written and as it is read, and each of its lines, because a patch may show a single
/// line. `most` limits where it is searched for.
pub(super) fn note(written: &str, most: Within, values: &mut BTreeMap<String, Within>) {
    let read = serde_json::from_str::<String>(&format!("\"{written}\"")).ok();
    for text in [Some(written.to_owned()), read].into_iter().flatten() {
        let text = text.trim();
        let lines =
            text.lines().map(str::trim).filter(|line| line.len() > 2 * MIN_LEN && !line.starts_with("-----"));
        for value in lines.chain([text]).filter(|value| value.len() >= MIN_LEN) {
            let within = most.min(usual(value));
            values.entry(value.to_owned()).and_modify(|known| *known = within.max(*known)).or_insert(within);
        }
    }
}

/// Records what [`note`] would not look for because it could be part of anything: marked values that are short, and long numbers.
pub(super) fn note_marked(text: &str, most: Within, values: &mut BTreeMap<String, Within>) {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let within = match text.len() {
        0 => return,
        1..MIN_LEN if is_number => Within::Findings,
        1..MIN_LEN => Within::Quotes,
        _ if is_number && text.len() > MAX_DIGITS => Within::Any,
        _ => return,
    };
    let within = most.min(within);
    values.entry(text.to_owned()).and_modify(|known| *known = within.max(*known)).or_insert(within);
}

/// Where a value is searched for if nothing else is known about it.
fn usual(value: &str) -> Within {
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = value.chars().all(|c| c.is_alphanumeric() || "-_./ ".contains(c));
    let is_word = is_plain && !patterns::mixes(value);
    match () {
        () if ["true", "false", "null"].contains(&value) => Within::Findings,
        () if is_number && value.len() <= MAX_DIGITS => Within::Findings,
        () if is_common(value) && is_word => Within::Findings,
        // The ID of an account is a part of many names.
        () if is_number && value.len() == ACCOUNT_DIGITS => Within::Words,
        () if is_common(value) && !is_number => Within::Words,
        () => Within::Any,
    }
}
