//! Functions on regular expressions, and `replace`. The syntaxes of Go and Rust agree for the expressions that people
//! write.

use std::ops::Range;

use regex::{Captures, Regex};

use crate::source::Span;
use crate::terraform::budget::READS_PER_UNIT;
use crate::terraform::functions::call::FunctionCall;
use crate::terraform::functions::string::{piece, string};
use crate::value::{Entry, Mapped, Node, NodeKind, Part};

/// The number of searched bytes that cost as much as creating one value.
const GLANCE: usize = 1 << 7;

/// The maximum number of replacement bytes.
const MAX_REPLACED_BYTES: usize = 4 << 20;

pub(super) fn function(call: &FunctionCall) -> Option<Node> {
    let (name, args, at) = (call.name, call.args, call.at);
    match (name, args) {
        ("regex", [pattern, text]) => {
            let regex = call.regex(&string(pattern)?)?;
            let map = known(call, text)?;
            match regex.captures(&map.text) {
                Some(captures) => Some(matched(&regex, &captures, &map, at)),
                None => {
                    Some(call.reject("the `regex` pattern did not match any part of the given string", at))
                }
            }
        }
        ("regexall", [pattern, text]) => {
            let regex = call.regex(&string(pattern)?)?;
            let map = known(call, text)?;
            let found = all(call, &regex, &map.text)?;
            Some(Node::array(found.iter().map(|captures| matched(&regex, captures, &map, at)).collect(), at))
        }
        _ => None,
    }
}

/// Finds all matches. Some expressions search the rest of the text for each match.
fn all<'t>(call: &FunctionCall, regex: &Regex, text: &'t str) -> Option<Vec<Captures<'t>>> {
    let mut found = Vec::new();
    for captures in regex.captures_iter(text) {
        let start = captures.get(0).map_or(0, |all| all.start());
        call.spend(1 + (text.len() - start) / GLANCE)?;
        found.push(captures);
    }
    Some(found)
}

/// The text of a string; `None` if a part is unknown.
fn known(call: &FunctionCall, text: &Node) -> Option<Mapped<'static>> {
    call.mapped(text).filter(|map| !map.has_hole(0..map.text.len()))
}

/// The changes; `None` if they add more than [`MAX_REPLACED_BYTES`].
fn within(changes: impl Iterator<Item = (Range<usize>, String)>) -> Option<Vec<(Range<usize>, String)>> {
    let mut left = MAX_REPLACED_BYTES;
    changes
        .map(|(range, text)| {
            left = left.checked_sub(1 + text.len())?;
            Some((range, text))
        })
        .collect()
}

/// The value of a match: its text, a list of its groups, or an object of its named groups.
fn matched(regex: &Regex, captures: &Captures, map: &Mapped, at: Span) -> Node {
    let group = |index: usize| match captures.get(index) {
        Some(group) => piece(map, group.range()),
        None => Node::new(NodeKind::Null, at),
    };
    let named: Vec<(usize, &str)> = regex
        .capture_names()
        .enumerate()
        .filter_map(|(index, name)| name.map(|name| (index, name)))
        .collect();
    if !named.is_empty() {
        return Node::object(
            named.into_iter().map(|(index, name)| Entry::new(name, at, group(index))).collect(),
            at,
        );
    }
    match captures.len() {
        1 => group(0),
        count => Node::array((1..count).map(group).collect(), at),
    }
}

/// Replaces every `from` in a string with `to`; between slashes, `from` is a regular expression. `None` if a part to be
/// replaced is partly unknown.
pub(super) fn replaced(
    call: &FunctionCall,
    map: &Mapped,
    from: &str,
    to: &str,
    at: Span,
) -> Option<Vec<Part>> {
    let text = &*map.text;
    let expression = from.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    let changes: Vec<(Range<usize>, String)> = match expression {
        Some(expression) => {
            let regex = call.regex(expression)?;
            let change = |captures: Captures| {
                let mut text = String::new();
                captures.expand(to, &mut text);
                captures.get(0).map(|all| (all.range(), text))
            };
            within(all(call, &regex, text)?.into_iter().filter_map(change)).or_else(|| call.too_large())?
        }
        None if from.is_empty() => return None,
        None => {
            let change = |(start, all): (usize, &str)| (start..start + all.len(), to.to_owned());
            within(text.match_indices(from).map(change)).or_else(|| call.too_large())?
        }
    };
    call.at_most(changes.len())?;
    call.spend(changes.len() * map.parts() / READS_PER_UNIT)?;
    let mut parts = Vec::new();
    let mut done = 0;
    for (range, text) in changes {
        if map.has_hole(range.clone()) {
            return None;
        }
        parts.extend(map.slice(done..range.start));
        done = range.end;
        if !text.is_empty() {
            let whole = map.span(range);
            parts.push(Part::Known {
                text: text.into(),
                at: if whole.range().is_empty() { at } else { whole },
            });
        }
    }
    parts.extend(map.slice(done..text.len()));
    Some(parts)
}
