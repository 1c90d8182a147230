//! Makefiles and justfiles: the recipe of each target, with the variables that are set for it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::frontend::terraform::commands::computed::is_of_name;
use crate::frontend::terraform::commands::lexer::{Dialect, whole};
use crate::frontend::terraform::commands::shell::Reader;
use crate::frontend::terraform::commands::state::State;
use crate::frontend::terraform::commands::{ANY, terraform};
use crate::source::Span;
use crate::value::Mapped;

/// The targets of one rule that are followed.
const MAX_TARGETS: usize = 64;

/// A line of a makefile.
enum Line<'t> {
    /// `name = value`.
    Assignment {
        name: &'t str,
        operator: &'t str,
        value: Range<usize>,
    },
    /// `a b: c`.
    Targets {
        names: &'t str,
        rest: Range<usize>,
    },
    Recipe(Range<usize>),
    Other,
}

/// Follows the recipe of each target, and returns the variables of all.
pub(super) fn read(reader: &mut Reader, text: &Mapped) -> Vec<State> {
    let lines: Vec<Line> = lines(&text.text).into_iter().map(|line| Line::of(&text.text, line)).collect();
    let mut globals = State::default();
    for line in &lines {
        set(&mut globals, text, line);
    }
    let is_one_shell = text.text.contains("\n.ONESHELL") || text.text.starts_with(".ONESHELL");
    // `prod: memory = 512` can be apart from the recipe.
    let mut of_target: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    for line in &lines {
        if let Line::Targets { names, rest } = line
            && let Line::Assignment { .. } = Line::of(&text.text, rest.clone())
        {
            names.split_whitespace().for_each(|name| of_target.entry(name).or_default().push(rest.clone()));
        }
    }
    let mut targets: Vec<State> = Vec::new();
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        if let Line::Targets { names, .. } = line {
            targets = of_targets(&globals, text, names, &of_target);
        }
        let recipe: Vec<Range<usize>> = lines[index..].iter().map_while(Line::recipe).collect();
        index += recipe.len().max(1);
        let (Some(first), Some(last)) = (recipe.first(), recipe.last()) else { continue };
        let is_one = is_one_shell || text.text[first.clone()].trim_start().starts_with("#!");
        let all = first.start..last.end;
        let shells = if is_one { std::slice::from_ref(&all) } else { recipe.as_slice() };
        for target in &targets {
            let mut target = target.clone();
            for shell in shells {
                let after = reader.run(text, shell.clone(), Dialect::Shell, vec![target.clone()]);
                target.keep_written(&after);
            }
        }
    }
    vec![globals]
}

/// The variables with which the recipe of some targets runs.
fn of_targets(
    globals: &State,
    text: &Mapped,
    names: &str,
    of_target: &BTreeMap<&str, Vec<Range<usize>>>,
) -> Vec<State> {
    let names = names.split_whitespace().filter(|name| !name.contains(['%', '$'])).take(MAX_TARGETS);
    let file = text.span(0..0).file;
    let target = |name: &str| {
        let mut state = State { label: Some(name.into()), ..globals.clone() };
        for own in of_target.get(name).into_iter().flatten() {
            set(&mut state, text, &Line::of(&text.text, own.clone()));
        }
        state.set("@", name.to_owned(), Span::new(file, 0, 0));
        state
    };
    let targets: Vec<State> = names.map(target).collect();
    if targets.is_empty() { vec![globals.clone()] } else { targets }
}

impl<'t> Line<'t> {
    fn recipe(&self) -> Option<Range<usize>> {
        match self {
            Line::Recipe(range) => Some(range.clone()),
            _ => None,
        }
    }

    fn of(text: &'t str, range: Range<usize>) -> Line<'t> {
        let line = &text[range.clone()];
        if line.starts_with([' ', '\t']) && range.start != 0 && text[..range.start].ends_with('\n') {
            return Line::Recipe(range);
        }
        let trimmed = line.trim_start();
        let start = range.start + (line.len() - trimmed.len());
        if trimmed.starts_with('#') {
            return Line::Other;
        }
        let declared = ["export ", "override ", "export ", "set "];
        let rest =
            declared.iter().fold(trimmed, |rest, word| rest.strip_prefix(word).unwrap_or(rest).trim_start());
        let length = rest.find(|letter: char| !is_of_name(letter)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(length);
        let operators = ["::=", ":=", "?=", "+=", "="];
        let operator = operators.iter().find(|operator| after.trim_start().starts_with(**operator));
        if let Some(operator) = operator.filter(|_| !name.is_empty()) {
            let value = after.trim_start()[operator.len()..].trim_start();
            let from = start + (trimmed.len() - value.len());
            return Line::Assignment { name, operator, value: from..from + value.trim_end().len() };
        }
        match trimmed.split_once(':') {
            Some((names, rest)) if !names.trim().is_empty() => {
                // Words after the name are parameters in a justfile.
                let end = start + trimmed.trim_end().len();
                Line::Targets { names, rest: (end.min(start + trimmed.len() - rest.len()))..end }
            }
            _ => Line::Other,
        }
    }
}

/// Follows an assignment. A variable with several values has one that the caller selects, as one with `?=` has.
fn set(state: &mut State, text: &Mapped, line: &Line) {
    let Line::Assignment { name, operator, value } = line else { return };
    let resolved = state.resolved(text, &whole(&text.text, value.clone()));
    let value = resolved.text.trim_matches(['"', '\'']);
    let at = match resolved.text.find(value) {
        Some(start) if !value.is_empty() => resolved.span(start..start + value.len()),
        _ => text.span(0..0),
    };
    let before = state.variables.get(*name).map(|before| before.text.clone());
    let is_fixed = value.contains("tfvars") || terraform::is_program(value);
    let value = match (*operator, before) {
        ("+=", Some(before)) => format!("{before} {value}"),
        ("?=", Some(before)) => before,
        ("?=", None) if !is_fixed => ANY.to_string(),
        (_, Some(before)) if before != value && state.label.is_none() => ANY.to_string(),
        _ => value.to_owned(),
    };
    state.set(name, value, at);
}

/// The lines of a text, with those that continue them.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut continues = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        match lines.last_mut() {
            Some(last) if continues => last.end = end,
            _ => lines.push(start..end),
        }
        continues = line.trim_end().ends_with('\\');
        start = end;
    }
    lines
}
