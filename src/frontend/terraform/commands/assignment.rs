//! Assignments of variables in scripts, and the words that variables become.

use std::rc::Rc;

use crate::frontend::terraform::commands::computed::is_of_name;
use crate::frontend::terraform::commands::lexer::{Dialect, Piece, Word};
use crate::frontend::terraform::commands::parse::{Command, parse};
use crate::frontend::terraform::commands::state::State;
use crate::frontend::terraform::commands::terraform;
use crate::value::Mapped;

impl State {
    /// The words that a word becomes: those of a variable that is a list of words, and one otherwise.
    pub(super) fn expanded(&self, text: &Mapped, word: &Word) -> Vec<Mapped<'static>> {
        let resolved = self.resolved(text, word);
        let is_variable = matches!(word.pieces.as_slice(), [Piece::Computed(range)]
            if !word.is_quoted || text.text[range.clone()].contains("[@]"));
        let is_list = is_variable && resolved.text.contains(char::is_whitespace);
        if !is_list {
            return vec![resolved];
        }
        let inner = parse(&resolved.text, 0..resolved.text.len(), Dialect::Shell);
        let words = inner.iter().filter_map(|command| match command {
            Command::Simple(simple) => Some(&simple.words),
            _ => None,
        });
        words.flatten().map(|word| State::default().resolved(&resolved, word)).collect()
    }

    /// Follows `name=value`.
    pub(super) fn assign(&mut self, text: &Mapped, word: &Word) {
        if word.items.is_empty() {
            return self.assign_text(&self.resolved(text, word));
        }
        let Some(name) = name_of_assignment(&text.text[word.range.clone()]) else { return };
        let name = name.to_owned();
        let mut list = Mapped::empty();
        for item in &word.items {
            list.push(&text.text[item.range.clone()], text.span(item.range.clone()));
            list.push(" ", text.span(item.range.clone()));
        }
        let at = list.span(0..list.text.len());
        self.set(&name, list.text.into_owned(), at);
    }

    /// Follows lines that are written to a file with variables: `TF_VAR_a=b`, `export TF_VAR_a=b`.
    pub(super) fn set_later(&mut self, lines: &[Mapped]) {
        let mut inner = State { variables: Rc::clone(&self.later), ..State::default() };
        for line in lines {
            for word in terraform::words_of(line) {
                inner.assign_text(&word);
            }
        }
        self.later = inner.variables;
    }

    /// Follows an assignment whose words are known.
    pub(super) fn assign_text(&mut self, assignment: &Mapped) {
        let Some(name) = name_of_assignment(&assignment.text) else { return };
        let operator = assignment.text.find('=').map_or(assignment.text.len(), |at| at + 1);
        let at = assignment.span(operator..assignment.text.len());
        self.set(name, assignment.text[operator..].to_owned(), at);
    }
}

/// The name in `name=value`.
pub(super) fn name_of_assignment(text: &str) -> Option<&str> {
    let (name, _) = text.split_once('=')?;
    let name = name.trim_start_matches(['"', '\'']).trim_end_matches('+');
    let is_name =
        !name.is_empty() && name.chars().all(is_of_name) && !name.starts_with(|c: char| c.is_ascii_digit());
    is_name.then_some(name)
}
