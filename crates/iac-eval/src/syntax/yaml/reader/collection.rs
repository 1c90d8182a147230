//! Lists and objects.

use std::ops::Range;

use granit_parser::{Event, ScalarStyle, Span as Place, StructureStyle};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::source::{Span, line_start};
use crate::syntax::yaml::gap::Gap;
use crate::syntax::yaml::merge;
use crate::syntax::yaml::reader::{Reader, open, range};
use crate::syntax::{Label, SyntaxError, SyntaxErrorKind};
use crate::value::{Entry, Node, NodeKind};

/// A list or an object that is being read.
struct Open {
    /// The end of the token before it; its start in flow style.
    before: usize,
    start: usize,
    /// The number of spaces before it; `None` in flow style, where they do not matter.
    column: Option<usize>,
    /// That of the list or object around it.
    outer: Option<usize>,
}

/// The members of an object that is being read.
#[derive(Default)]
struct Members {
    entries: Vec<Entry>,
    /// The values of merge keys.
    bases: Vec<Node>,
    /// Whether a member could not be read.
    is_cut: bool,
}

impl<'r> Reader<'r> {
    pub(super) fn sequence(&mut self, place: &Place, style: StructureStyle, depth: usize) -> Node {
        let list = self.begin(place, style, '[');
        let mut items = Vec::new();
        let end = loop {
            match self.next() {
                Some((Event::SequenceEnd, end)) => break Some(range(&end)),
                Some((event, place)) if is_empty(&event, &place) => {
                    // The end of the dash.
                    let before = self.text[..range(&place).start].trim_end_matches([' ', '\t']).len();
                    self.after = self.after.max(before);
                    items.push(self.empty(&list));
                }
                Some((event, place)) => items.push(self.node(event, &place, depth + 1)),
                None => break None,
            }
        };
        let (at, is_cut) = self.end(&list, end, ']');
        let mut node = Node::array(items, at);
        if is_cut {
            open(&mut node);
        }
        node
    }

    pub(super) fn mapping(&mut self, place: &Place, style: StructureStyle, depth: usize) -> Node {
        let object = self.begin(place, style, '{');
        let mut members = Members::default();
        let end = loop {
            match self.next() {
                Some((Event::MappingEnd, end)) => break Some(range(&end)),
                Some((event, place)) => self.member(&object, &mut members, event, &place, depth),
                None => break None,
            }
        };
        self.report_duplicates(&members.entries);
        if !members.bases.is_empty() {
            merge::into(&mut members.entries, &members.bases);
        }
        let (at, is_cut) = self.end(&object, end, '}');
        let mut node = Node::object(members.entries, at);
        if is_cut || members.is_cut {
            open(&mut node);
        }
        node
    }

    fn begin(&mut self, place: &Place, style: StructureStyle, bracket: char) -> Open {
        let before = self.after;
        let range = range(place);
        let start = match (style, bracket) {
            (StructureStyle::Block, '[') => self.first_dash(range.start),
            _ => range.start,
        };
        // In `[a: 1]`, the object has no bracket.
        if style == StructureStyle::Flow && self.text[start..].starts_with(['[', '{']) {
            self.flows.push(start);
        }
        // Only what was blanked needs the column.
        let is_block = style == StructureStyle::Block && !self.gaps.is_empty();
        let column = is_block.then(|| start - line_start(self.text, start).min(start));
        self.after = self.after.max(start);
        // What was blanked before a bracket is not in it.
        let before = if style == StructureStyle::Flow { start } else { before };
        let outer = std::mem::replace(&mut self.column, column);
        Open { before, start, column, outer }
    }

    /// The place of a list or an object, and whether it can have more members than were read. `end` has the bytes of the
    /// event that ends it.
    fn end(&mut self, opened: &Open, end: Option<Range<usize>>, bracket: char) -> (Span, bool) {
        let limit = end.as_ref().map_or(self.text.len(), |end| end.start);
        if opened.column.is_none() && self.flows.last() == Some(&opened.start) {
            self.flows.pop();
        }
        let is_closed = end.is_some();
        if let Some(end) = end
            && self.text[end.clone()].starts_with(bracket)
        {
            self.after = self.after.max(end.end);
        }
        self.column = opened.outer;
        // A line that is indented less than this and more than what is around it can belong to either.
        let is_near = self.gaps.iter().any(|gap| {
            (opened.before..limit).contains(&gap.at.start)
                && opened.column.is_some_and(|column| gap.column < column)
                && opened.outer.is_some_and(|outer| gap.column > outer)
        });
        let has_gap = self.claim(|gap| {
            (opened.before..limit).contains(&gap.at.start)
                && opened.column.is_none_or(|column| {
                    column < gap.column || column == gap.column && gap.is_item == (bracket == ']')
                })
        });
        let at = self.map.span(opened.start..self.after.max(opened.start));
        (at, has_gap || is_near || !is_closed)
    }

    /// Attributes what was blanked to a value. Returns whether there is anything.
    fn claim(&mut self, is_within: impl Fn(&Gap) -> bool) -> bool {
        let count = self.gaps.len();
        self.gaps.retain(|gap| !is_within(gap));
        self.gaps.len() < count
    }

    /// The first dash of a list. The parser reports the start of the first item if the dashes are not indented.
    fn first_dash(&self, start: usize) -> usize {
        let mut at = self.skip_blank(self.after);
        while at < start && self.text[at..].starts_with(['!', '&']) {
            let word = self.text[at..].find(char::is_whitespace).unwrap_or(0);
            at = self.skip_blank(at + word.max(1));
        }
        if at < start && self.text[at..].starts_with('-') { at } else { start }
    }

    /// A value that is not written: null, unless it was blanked.
    fn empty(&mut self, parent: &Open) -> Node {
        let start = self.after;
        if !self.gaps.is_empty() {
            let end = self.skip_blank(start);
            let is_blanked = self.claim(|gap| {
                (start..end).contains(&gap.at.start)
                    && parent
                        .column
                        .is_none_or(|column| column < gap.column || column == gap.column && gap.is_item)
            });
            if is_blanked {
                return self.nothing(start..start);
            }
        }
        self.value(NodeKind::Null, start..start)
    }

    fn member(
        &mut self,
        object: &Open,
        members: &mut Members,
        event: Event<'r>,
        place: &Place,
        depth: usize,
    ) {
        let key_at = range(place);
        let is_merge = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, ..) if text == "<<");
        let key = self.key(event, place, depth);
        let key_at = key_at.start..self.after.max(key_at.start);
        let rest = &self.text[self.after..];
        let blank = rest.len() - rest.trim_start().len();
        self.after += if rest[blank..].starts_with(':') { blank + 1 } else { 0 };
        let value = match self.next() {
            Some((event, place)) if is_empty(&event, &place) => self.empty(object),
            Some((event, place)) => self.node(event, &place, depth + 1),
            None => {
                members.is_cut = true;
                return;
            }
        };
        match key {
            Some(_) if is_merge => members.bases.push(value),
            Some(key) => members.entries.push(Entry::new(key, self.map.span(key_at), value)),
            None => members.is_cut = true,
        }
    }

    /// The key that an event begins, as it is written; `None` if it is not text.
    fn key(&mut self, event: Event<'r>, place: &Place, depth: usize) -> Option<SmolStr> {
        let written = match &event {
            Event::Scalar(text, ..) => Some(SmolStr::from(text.as_ref())),
            _ => None,
        };
        let key_at = range(place);
        let key = self.node(event, place, depth + 1);
        match key.kind {
            NodeKind::Object(_) | NodeKind::Array(_) if self.text[..key_at.start].ends_with('{') => {
                let help = Some("enclose the value in quotes");
                self.rejected(key_at, "a value that begins with `{{` must be quoted", help);
                None
            }
            NodeKind::Object(_) | NodeKind::Array(_) => {
                self.rejected(key_at.start..self.after, "a key must be a string", None);
                None
            }
            NodeKind::Unknown(_) => None,
            NodeKind::String(text) | NodeKind::Number(text) if written.is_none() => Some(text),
            _ => written,
        }
    }

    /// Reports duplicate keys.
    fn report_duplicates(&mut self, entries: &[Entry]) {
        let mut last: FxHashMap<&str, Span> = FxHashMap::default();
        for entry in entries.iter().rev() {
            let Some(place) = last.get(entry.key.as_str()) else {
                last.insert(&entry.key, entry.key_at);
                continue;
            };
            let message = format!("duplicate key `{}`: only the last value is used", entry.key);
            self.errors.push(SyntaxError {
                help: Some("remove one of the two".to_owned()),
                kind: SyntaxErrorKind::Ignored,
                labels: vec![Label { span: *place, message: "the last value".to_owned() }],
                ..SyntaxError::rejected(entry.key_at, message)
            });
        }
    }
}

/// Whether an event is a value that is not written.
fn is_empty(event: &Event, place: &Place) -> bool {
    matches!(event, Event::Scalar(_, ScalarStyle::Plain, 0, None)) && range(place).is_empty()
}
