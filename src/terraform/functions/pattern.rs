//! Functions of regular expressions, and `replace`. Go's and Rust's expressions are one language in what people write.

use std::ops::Range;

use regex::{Captures, Regex, RegexBuilder};

use crate::node::{Entry, Kind, Node};
use crate::span::Span;
use crate::terraform::eval::Eval;
use crate::terraform::functions::mapped;
use crate::terraform::functions::string::{piece, string};
use crate::text::{Mapped, Part};

/// The most bytes that a compiled expression may take.
const LARGEST: usize = 1 << 20;

pub(super) fn function(eval: Eval, name: &str, args: &[Node], at: Span) -> Option<Node> {
    match (name, args) {
        ("regex", [pattern, text]) => {
            let regex = compiled(&string(pattern)?)?;
            let map = known(eval, text)?;
            match regex.captures(&map.text) {
                Some(captures) => Some(matched(&regex, &captures, &map, at)),
                None => Some(eval.refuse("`regex` finds nothing that matches the pattern", at)),
            }
        }
        ("regexall", [pattern, text]) => {
            let regex = compiled(&string(pattern)?)?;
            let map = known(eval, text)?;
            let found = regex.captures_iter(&map.text);
            Some(Node::array(found.map(|captures| matched(&regex, &captures, &map, at)).collect(), at))
        }
        _ => None,
    }
}

fn compiled(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).size_limit(LARGEST).build().ok()
}

/// The text of a string without unknown parts.
fn known(eval: Eval, text: &Node) -> Option<Mapped<'static>> {
    mapped(eval, text).filter(|map| !map.has_hole(0..map.text.len()))
}

/// What a match is: its text, a list of its groups, or an object of its named groups.
fn matched(regex: &Regex, captures: &Captures, map: &Mapped, at: Span) -> Node {
    let group = |index: usize| match captures.get(index) {
        Some(group) => piece(map, group.range()),
        None => Node::new(Kind::Null, at),
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

/// The parts of a string in which every `from` is `to`; between slashes `from` is a regular expression. None where
/// something that goes is unknown in part.
pub(super) fn replaced(map: &Mapped, from: &str, to: &str, at: Span) -> Option<Vec<Part>> {
    let text = &*map.text;
    let expression = from.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    let changes: Vec<(Range<usize>, String)> = match expression {
        Some(expression) => {
            let regex = compiled(expression)?;
            let change = |captures: Captures| {
                let mut text = String::new();
                captures.expand(to, &mut text);
                captures.get(0).map(|all| (all.range(), text))
            };
            regex.captures_iter(text).filter_map(change).collect()
        }
        None if from.is_empty() => return None,
        None => {
            text.match_indices(from).map(|(start, all)| (start..start + all.len(), to.to_owned())).collect()
        }
    };
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
