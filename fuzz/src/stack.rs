//! Templates of CloudFormation that a grammar decodes from bytes: the properties of `terraform`, and the long form of `Ref` means
//! the same as the short one.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use ecslint::Outcome;
use ecslint::config::RunOptions;
use ecslint::fix::Texts;

use crate::grammar::Grammar;
use crate::{files, terraform};

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| Grammar::new(include_str!("grammar/stack.txt")));

/// Checks a template.
pub fn run(data: &[u8]) {
    let text = GRAMMAR.expand(data);
    let Some(short) = terraform::check(text.as_bytes()) else { return };
    let long = with_long_forms(&text);
    let Some(files) = files::read(long.as_bytes()) else { return };
    let long = ecslint::check(&files::open(&files, &Texts::new()), &RunOptions::default());
    assert_eq!(found(&short), found(&long), "the long form of `Ref` means something else\n{text}");
}

/// The text with `{ Ref: X }` instead of `!Ref X`.
fn with_long_forms(text: &str) -> String {
    let mut pieces = text.split("!Ref ");
    let mut long = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find([',', ']', '}', ' ', '\n']).unwrap_or(piece.len());
        long += &format!("{{ Ref: {} }}{}", &piece[..end], &piece[end..]);
    }
    long
}

fn found(outcome: &Outcome) -> BTreeSet<(&'static str, &str)> {
    outcome.diagnostics.iter().map(|found| (found.rule, found.message.as_str())).collect()
}
