//! Follows the commands of a script: which calls of Terraform run, in which directory, and with which variables.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use smol_str::SmolStr;

use crate::frontend::terraform::commands::computed::is_of_name;
use crate::frontend::terraform::commands::lexer::{Dialect, Piece, Word};
use crate::frontend::terraform::commands::parse::{Command, parse};
use crate::frontend::terraform::commands::state::State;
use crate::frontend::terraform::commands::{ANY, Call};
use crate::frontend::terraform::scenarios::MAX_SCENARIOS;
use crate::source::{FileId, Span};
use crate::value::Mapped;

mod simple;

/// The number of states that are followed at the same time. Those beyond become one, in which what differs is computed.
const MAX_STATES: usize = MAX_SCENARIOS + 2;

/// The work for one script: the words of its commands in each of their states, and the members of a workflow.
const MAX_WORK: usize = 200_000;

/// The bytes that are read for as much work as one word.
const BYTES_OF_WORD: usize = 16;

/// The nesting of functions and of commands in words.
const MAX_DEPTH: usize = 8;

/// The words of a loop that are followed one by one.
const MAX_WORDS: usize = 16;

/// The reader of the texts of one file.
pub(super) struct Reader {
    pub file: FileId,
    pub calls: Vec<Call>,
    /// The number of calls of Terraform that were found, with any command.
    pub mentions: usize,
    /// The var files that are written, each with the state after the command.
    pub unread: BTreeMap<String, State>,
    functions: BTreeMap<String, Rc<Vec<Command>>>,
    called: Vec<String>,
    work: usize,
    depth: usize,
}

/// A text whose commands are followed.
#[derive(Clone, Copy)]
pub(super) struct Script<'t> {
    pub text: &'t Mapped<'t>,
    dialect: Dialect,
}

impl Reader {
    pub(super) fn new(file: FileId) -> Reader {
        Reader {
            file,
            calls: Vec::new(),
            mentions: 0,
            unread: BTreeMap::new(),
            functions: BTreeMap::new(),
            called: Vec::new(),
            work: 0,
            depth: 0,
        }
    }

    /// Takes some work from what is left; `false` if nothing is.
    pub(super) fn spend(&mut self, work: usize) -> bool {
        self.work = self.work.saturating_add(work);
        !self.is_cut()
    }

    /// Whether there were more commands than are followed.
    pub(super) fn is_cut(&self) -> bool {
        self.work > MAX_WORK
    }

    /// Follows the commands in some bytes of a text, and returns the states that they can end in.
    pub(super) fn run(
        &mut self,
        text: &Mapped,
        range: Range<usize>,
        dialect: Dialect,
        states: Vec<State>,
    ) -> Vec<State> {
        if !self.spend(1 + range.len() / BYTES_OF_WORD) {
            return states;
        }
        let commands = parse(&text.text, range, dialect);
        let script = Script { text, dialect };
        let started = states.clone();
        let states = self.list(script, &commands, states);
        // A function that the script does not call by its name can be called by its arguments.
        if self.depth > 0 {
            return states;
        }
        let (functions, called) = (self.functions.clone(), std::mem::take(&mut self.called));
        for (name, body) in functions.iter().filter(|(name, _)| !called.contains(name)) {
            let inside = |state: &State| State {
                label: state.label.clone().or_else(|| Some(SmolStr::from(name))),
                ..state.clone()
            };
            self.list(script, body, started.iter().map(inside).collect());
        }
        self.functions.clear();
        states
    }

    fn list(&mut self, script: Script, commands: &[Command], mut states: Vec<State>) -> Vec<State> {
        for command in commands {
            states = self.command(script, command, states);
        }
        states
    }

    fn command(&mut self, script: Script, command: &Command, states: Vec<State>) -> Vec<State> {
        let words = match command {
            Command::Simple(simple) => simple.words.len(),
            _ => 0,
        };
        if !self.spend(states.len() * (1 + words)) {
            return states;
        }
        match command {
            Command::Simple(simple) => {
                let next = states.into_iter().flat_map(|state| self.simple(script, simple, state));
                let next: Vec<State> = next.collect();
                distinct(next)
            }
            Command::Subshell(body) | Command::Fallback(body) => {
                let mut kept = states.clone();
                let after = self.list(script, body, states);
                kept.iter_mut().for_each(|state| state.keep_written(&after));
                kept
            }
            Command::Branches { arms, can_be_skipped } => {
                let mut next = if *can_be_skipped { states.clone() } else { Vec::new() };
                for (condition, body) in arms {
                    next.extend(self.arm(script, condition, body, &states));
                }
                distinct(next)
            }
            Command::Loop { variable, words, body } => {
                self.repeated(script, variable.as_ref(), words, body, states)
            }
            Command::Function { name, body } => {
                let name = script.text.text[name.range.clone()].to_owned();
                self.functions.insert(name, Rc::clone(body));
                states
            }
        }
    }

    /// Follows the commands of a branch. A state that they change has the label of the branch.
    fn arm(&mut self, script: Script, condition: &[Word], body: &[Command], states: &[State]) -> Vec<State> {
        let mut next = Vec::new();
        for state in states {
            let label = label(script.text, condition).or_else(|| state.label.clone());
            let inside = State { label, ..state.clone() };
            for after in self.list(script, body, vec![inside]) {
                let is_changed = after.directory != state.directory
                    || after.variables != state.variables
                    || after.written != state.written;
                next.push(if is_changed { after } else { state.clone() });
            }
        }
        next
    }

    fn repeated(
        &mut self,
        script: Script,
        variable: Option<&Word>,
        words: &[Word],
        body: &[Command],
        states: Vec<State>,
    ) -> Vec<State> {
        let Some(name) = variable.map(|word| SmolStr::from(&script.text.text[word.range.clone()])) else {
            return self.list(script, body, states);
        };
        let mut next = Vec::new();
        for state in states {
            let mut values = Vec::new();
            for word in words {
                values.extend(state.expanded(script.text, word));
            }
            let is_known = |value: &Mapped| !value.text.contains(ANY);
            let file = values.iter().find(|value| value.text.contains("tfvars"));
            let at = variable.map_or(Span::new(self.file, 0, 0), |word| script.text.span(word.range.clone()));
            let values: Vec<(String, Span)> = match file {
                Some(file) if values.len() == 1 => vec![(file.text.to_string(), at)],
                _ if !values.is_empty() && values.len() <= MAX_WORDS && values.iter().all(is_known) => values
                    .iter()
                    .map(|value| (value.text.to_string(), value.span(0..value.text.len())))
                    .collect(),
                _ => vec![(ANY.to_string(), at)],
            };
            let mut inside = vec![state.clone()];
            for (value, at) in values {
                for inside in &mut inside {
                    inside.label = Some(SmolStr::from(&value)).filter(|label| !label.contains(ANY));
                    inside.label = inside.label.take().or_else(|| state.label.clone());
                    inside.set(&name, value.clone(), at);
                }
                inside = self.list(script, body, inside);
            }
            for inside in &mut inside {
                inside.label.clone_from(&state.label);
                inside.unset(&name);
            }
            next.extend(inside);
        }
        distinct(next)
    }

    fn function(&mut self, script: Script, name: &str, state: State) -> Option<State> {
        self.called.push(name.to_owned());
        let body = Rc::clone(self.functions.get(name)?);
        if self.depth >= MAX_DEPTH {
            return Some(state);
        }
        self.depth += 1;
        let label = state.label.clone();
        let inside = State { label: label.clone().or_else(|| Some(SmolStr::from(name))), ..state };
        let mut states = self.list(script, &body, vec![inside]).into_iter();
        self.depth -= 1;
        // The branches of a function become one, unless there is only one.
        let first = states.next()?;
        let merged = states.fold(first, |mut merged, other| {
            merged.merge(&other);
            merged
        });
        Some(State { label, ..merged })
    }
}

/// The name of a branch: the text that a condition compares with, or the first pattern of a `case`.
fn label(text: &Mapped, condition: &[Word]) -> Option<SmolStr> {
    let known = |word: &Word| match word.pieces.as_slice() {
        [Piece::Known(range)] => Some(SmolStr::from(&text.text[range.clone()])),
        _ => None,
    };
    let is_name = |name: &SmolStr| {
        !["", "true", "false"].contains(&name.as_str())
            && name.chars().all(|letter| is_of_name(letter) || letter == '-')
    };
    let compared = condition.iter().position(|word| ["=", "=="].contains(&&text.text[word.range.clone()]));
    let word = match compared {
        Some(at) => condition.get(at + 1),
        None => condition.first(),
    };
    word.and_then(known).filter(is_name)
}

/// States, each once. If there are too many, the last is all those beyond the limit.
pub(super) fn distinct(states: Vec<State>) -> Vec<State> {
    let mut kept: Vec<State> = Vec::new();
    for state in states {
        if kept.contains(&state) {
            continue;
        }
        let is_full = kept.len() >= MAX_STATES;
        match kept.last_mut().filter(|_| is_full) {
            Some(last) => last.merge(&state),
            None => kept.push(state),
        }
    }
    kept
}
