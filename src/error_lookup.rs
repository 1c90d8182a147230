//! From an error that AWS answered with to the rule whose page quotes it.

use crate::rules::{RULES, Rule};

/// The rule whose page quotes the answer; the text may be a whole line of Terraform, CloudFormation or the AWS CLI, with
/// the author's own names in it.
pub fn rule_for_error(message: &str) -> Option<&'static Rule> {
    let said = words(message);
    let scored = RULES.iter().flat_map(|rule| {
        let quotes = quotes(rule.text()).into_iter();
        quotes.filter_map(|quote| Some((score(&words(&quote), &said)?, rule))).collect::<Vec<_>>()
    });
    scored.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, rule)| rule)
}

/// The quotes of a page, each in one line.
fn quotes(page: &str) -> Vec<String> {
    let mut quotes: Vec<String> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        let quoted = line.strip_prefix("> ");
        match (quoted, quotes.last_mut()) {
            (Some(text), Some(last)) if inside => *last = format!("{last} {text}"),
            (Some(text), _) => quotes.push(text.to_owned()),
            (None, _) => {}
        }
        inside = quoted.is_some();
    }
    quotes
}

/// A word of an answer.
#[derive(Debug, PartialEq)]
struct Word {
    /// Without the marks around it, in small letters.
    text: String,
    /// Whether it stands for any name or number: it was in quotes, or is no plain word.
    any: bool,
}

fn words(text: &str) -> Vec<Word> {
    let straight = text.replace(['‘', '’', '“', '”', '`', '"'], "'");
    let words = straight.split_whitespace().filter_map(|raw| {
        let bare = raw.trim_matches(|mark: char| !mark.is_alphanumeric());
        let plain = |letter: char| letter.is_ascii_alphabetic() || matches!(letter, '\'' | '-' | '=' | '_');
        let quoted = raw.trim_start_matches(['(', '[', '{']).starts_with('\'');
        let any = quoted || !bare.chars().all(plain);
        (!bare.is_empty()).then(|| Word { text: bare.to_lowercase(), any })
    });
    words.collect()
}

/// How well a part of what was said fits the quote; none where it does not.
fn score(quote: &[Word], said: &[Word]) -> Option<f64> {
    let needed = quote.iter().filter(|word| !word.any).count();
    let room = quote.len() + quote.len() / 3 + 2;
    let (found, named) = (0..said.len())
        .filter(|start| quote.iter().any(|word| word.text == said[*start].text))
        .map(|start| common(quote, &said[start..said.len().min(start + room)]))
        .max()?;
    // A name that the page has bare, without quotes, is another one in the answer.
    let allowed = needed / 5;
    if needed == 0 || found + allowed < needed {
        return None;
    }
    let part = f64::from(u32::try_from(found).ok()?) / f64::from(u32::try_from(needed).ok()?);
    Some(f64::from(u32::try_from(found).ok()?) * part * part + 0.3 * f64::from(u32::try_from(named).ok()?))
}

/// The most plain words that the two have in common in one order, and the most others beside them.
fn common(quote: &[Word], said: &[Word]) -> (usize, usize) {
    let mut row = vec![(0, 0); said.len() + 1];
    for word in quote {
        let mut diagonal = (0, 0);
        for (index, other) in said.iter().enumerate() {
            let above = row[index + 1];
            let both = match (word.text == other.text, word.any) {
                (true, false) => (diagonal.0 + 1, diagonal.1),
                (true, true) => (diagonal.0, diagonal.1 + 1),
                (false, _) => (0, 0),
            };
            row[index + 1] = both.max(above).max(row[index]);
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quote_leads_to_a_page_that_says_much_the_same() {
        for rule in RULES {
            for quote in quotes(rule.text()) {
                let found = rule_for_error(&quote).map(Rule::text).unwrap_or_default();
                let said = words(&quote);
                if score(&said, &said).is_none() {
                    // A line of names alone, as a part of a longer answer has it.
                    continue;
                }
                let fits =
                    quotes(found).iter().any(|other| score(&words(other), &said) >= score(&said, &said));
                assert!(fits, "{quote} of {} leads elsewhere", rule.name);
            }
        }
    }

    #[test]
    fn what_is_no_answer_leads_nowhere() {
        for text in ["", "the task", "no such bucket", "a container that does not exist", "42"] {
            assert_eq!(rule_for_error(text).map(|rule| rule.name), None, "{text}");
        }
    }
}
