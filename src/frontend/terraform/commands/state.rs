//! What a script has set when a command runs.

use std::collections::BTreeMap;
use std::rc::Rc;

use smol_str::SmolStr;

use crate::frontend::terraform::commands::computed::variable;
use crate::frontend::terraform::commands::lexer::{Piece, Word};
use crate::frontend::terraform::commands::place::{self, START};
use crate::frontend::terraform::commands::{ANY, Passed};
use crate::source::Span;
use crate::value::Mapped;

/// The largest text of a word; one that is larger, or a variable that repeats itself, is computed.
const MAX_BYTES: usize = 16 << 10;

/// The directory and the variables of a script at one of its commands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct State {
    pub directory: String,
    /// The directory before the last change.
    pub previous: String,
    /// The directories that `popd` returns to.
    pub pushed: Vec<String>,
    pub variables: Rc<BTreeMap<SmolStr, Variable>>,
    /// The variables of the steps after this one.
    pub later: Rc<BTreeMap<SmolStr, Variable>>,
    /// The var files that the script wrote, by their paths.
    pub written: Rc<BTreeMap<String, Vec<Passed>>>,
    /// The name of the job, the target, or the branch.
    pub label: Option<SmolStr>,
}

/// The value of a variable; [`ANY`] stands for parts that are computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variable {
    pub text: String,
    pub at: Span,
}

impl Default for State {
    fn default() -> State {
        let start = START.to_string();
        State {
            directory: start.clone(),
            previous: start,
            pushed: Vec::new(),
            variables: Rc::default(),
            later: Rc::default(),
            written: Rc::default(),
            label: None,
        }
    }
}

impl State {
    pub(super) fn set(&mut self, name: &str, text: String, at: Span) {
        Rc::make_mut(&mut self.variables).insert(name.into(), Variable { text, at });
    }

    pub(super) fn unset(&mut self, name: &str) {
        Rc::make_mut(&mut self.variables).remove(name);
    }

    pub(super) fn change_directory(&mut self, path: &str) {
        let next = if path == "-" { self.previous.clone() } else { place::joined(&self.directory, path) };
        self.previous = std::mem::replace(&mut self.directory, next);
    }

    /// The text of a word, with the place of each part. What is computed is [`ANY`].
    pub(super) fn resolved(&self, text: &Mapped, word: &Word) -> Mapped<'static> {
        let mut resolved = Mapped::empty();
        let push_any = |resolved: &mut Mapped<'static>, at| {
            if !resolved.text.ends_with(ANY) {
                resolved.push(&ANY.to_string(), at);
            }
        };
        for piece in &word.pieces {
            match piece {
                Piece::Known(range) => resolved.push(&text.text[range.clone()], text.span(range.clone())),
                Piece::Computed(range) => {
                    let expression = &text.text[range.clone()];
                    let at = text.span(range.clone());
                    let set = variable(expression).and_then(|name| self.variables.get(name));
                    match (set, place::computed(expression, &self.directory)) {
                        (Some(set), _) if set.text == ANY.to_string() => push_any(&mut resolved, at),
                        (Some(set), _) => resolved.push(&set.text, set.at),
                        (None, Some(directory)) => resolved.push(&directory, at),
                        (None, None) => push_any(&mut resolved, at),
                    }
                }
            }
        }
        if resolved.text.len() > MAX_BYTES {
            let mut computed = Mapped::empty();
            computed.push(&ANY.to_string(), text.span(word.range.clone()));
            return computed;
        }
        resolved
    }

    /// What is certain if the state is this one or another one. What differs is computed.
    pub(super) fn merge(&mut self, other: &State) {
        if self.directory != other.directory {
            self.directory = ANY.to_string();
        }
        if self.label != other.label {
            self.label = None;
        }
        if self.written != other.written {
            let unknown = |passed: &Passed| match passed {
                Passed::Values(values) => values.first().map(|value| Passed::Unknown(value.name_at)),
                other => Some(other.clone()),
            };
            let both = self.written.iter().chain(other.written.iter());
            let both: Vec<(String, Vec<Passed>)> = both
                .map(|(path, passed)| (path.clone(), passed.iter().filter_map(unknown).collect()))
                .collect();
            self.written = Rc::new(both.into_iter().collect());
        }
        let variables = Rc::make_mut(&mut self.variables);
        for (name, variable) in other.variables.iter() {
            variables
                .entry(name.clone())
                .or_insert_with(|| Variable { text: ANY.to_string(), at: variable.at });
        }
        for (name, variable) in variables {
            if other.variables.get(name).is_none_or(|other| other.text != variable.text) {
                variable.text = ANY.to_string();
            }
        }
    }
}
