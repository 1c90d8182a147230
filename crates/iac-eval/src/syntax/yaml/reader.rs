//! Builds the tree of a document from the parser's events. After an error, the tree has what came before it.

use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, Span as Place, StrInput};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::syntax::SyntaxError;
use crate::syntax::yaml::MAX_DEPTH;
use crate::syntax::yaml::gap::Gap;
use crate::value::{Mapped, More, Node, NodeKind, Unknown};

mod collection;
mod tag;

/// The maximum number of values after the expansion of aliases.
const MAX_VALUES: usize = 250_000;

/// The result of reading a text once.
pub(super) struct Reading {
    pub root: Option<Node>,
    /// Errors after which the parser continues.
    pub errors: Vec<SyntaxError>,
    /// Why the rest of the text was not read.
    pub stop: Option<Stop>,
}

/// Why the rest of a text is not read.
pub(super) enum Stop {
    /// It is not YAML.
    Invalid(Invalid),
    /// A limit is reached.
    Limit(SyntaxError),
}

/// An error of the parser.
pub(super) struct Invalid {
    pub kind: ErrorKind,
    /// The offset that the parser reports.
    pub at: usize,
    /// The start of the innermost flow collection that is open.
    pub flow: Option<usize>,
    /// The end of the last token that was read.
    pub after: usize,
    /// The last scalar that was read.
    pub last: Range<usize>,
}

/// A value with an anchor.
struct Anchored {
    node: Node,
    /// The number of values in it.
    values: usize,
    /// How deep they are nested in it.
    height: usize,
}

pub(super) struct Reader<'r> {
    map: &'r Mapped<'r>,
    /// The text, in which errors are blanked.
    text: &'r str,
    events: Parser<'r, StrInput<'r>>,
    anchors: FxHashMap<usize, Anchored>,
    /// The parts that were blanked and are not attributed to a value yet.
    gaps: Vec<&'r Gap>,
    /// The number of spaces before the list or object that is being read; `None` in flow style.
    column: Option<usize>,
    /// The starts of the flow collections that are open.
    flows: Vec<usize>,
    /// The end of the last token.
    after: usize,
    /// The last scalar without a tag.
    last: Range<usize>,
    values: usize,
    /// The depth of the deepest value since the start of the value with the last anchor.
    deepest: usize,
    errors: Vec<SyntaxError>,
    stop: Option<Stop>,
}

impl<'r> Reader<'r> {
    pub(super) fn read(map: &'r Mapped<'r>, text: &'r str, gaps: &'r [Gap]) -> Reading {
        let options = granit_parser::options! { emit_comments: false, emit_unresolved_aliases: true };
        let mut reader = Reader {
            map,
            text,
            events: Parser::new_from_str_with_options(text, options),
            anchors: FxHashMap::default(),
            gaps: gaps.iter().collect(),
            column: None,
            flows: Vec::new(),
            after: 0,
            last: 0..0,
            values: 0,
            deepest: 0,
            errors: Vec::new(),
            stop: None,
        };
        let mut root = reader.document();
        if !reader.gaps.is_empty()
            && let Some(root) = &mut root
        {
            open(root);
        }
        Reading { root, errors: reader.errors, stop: reader.stop }
    }

    fn document(&mut self) -> Option<Node> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(..), _) => {}
                (Event::StreamEnd | Event::DocumentEnd, _) => return None,
                (event, place) => {
                    let root = self.node(event, &place, 0);
                    self.end_of_document();
                    return Some(root);
                }
            }
        }
    }

    /// Reads on to find text after the end of the document that does not begin another one.
    fn end_of_document(&mut self) {
        let Some((Event::DocumentEnd, end)) = self.next() else { return };
        let end = range(&end);
        let next = self.skip_blank(end.end);
        let is_marked = !end.is_empty() || self.text[next.min(self.text.len())..].starts_with("---");
        if !is_marked {
            self.next();
        }
    }

    /// The next event; `None` at the end and after an error.
    fn next(&mut self) -> Option<(Event<'r>, Place)> {
        if self.stop.is_some() {
            return None;
        }
        match self.events.next_event()? {
            Ok(event) => Some(event),
            Err(error) => {
                self.stop = Some(Stop::Invalid(Invalid {
                    kind: error.kind().clone(),
                    at: error.marker().byte_offset().unwrap_or(0),
                    flow: self.flows.last().copied(),
                    after: self.after,
                    last: self.last.clone(),
                }));
                None
            }
        }
    }

    /// Reads the value that begins with an event. [`Reader::after`] is then its end.
    fn node(&mut self, event: Event<'r>, place: &Place, depth: usize) -> Node {
        self.values += 1;
        if !self.is_within_limits(place, depth) {
            return self.nothing(range(place));
        }
        let (values, deepest) = (self.values, std::mem::replace(&mut self.deepest, depth));
        let anchor = event.anchor_id().filter(|anchor| *anchor != 0 && event.alias_id().is_none());
        let node = match event {
            Event::Alias(anchor) => self.alias(anchor, place, depth),
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, place),
            event => self.tagged(event, place, depth),
        };
        if let Some(anchor) = anchor {
            let values = self.values - values + 1;
            let height = self.deepest - depth;
            self.anchors.insert(anchor, Anchored { node: node.clone(), values, height });
        }
        self.deepest = self.deepest.max(deepest);
        node
    }

    /// The value that an event begins, without its tag.
    fn content(&mut self, event: Event<'r>, place: &Place, depth: usize) -> Node {
        match event {
            Event::SequenceStart(style, ..) => self.sequence(place, style, depth),
            Event::MappingStart(style, ..) => self.mapping(place, style, depth),
            Event::Scalar(text, style, ..) => self.scalar(&text, style, place),
            _ => self.nothing(range(place)),
        }
    }

    fn is_within_limits(&mut self, place: &Place, depth: usize) -> bool {
        let message = if depth > MAX_DEPTH {
            format!("values that are nested more than {MAX_DEPTH} levels deep are not read")
        } else if self.values > MAX_VALUES {
            format!("this file has more than {MAX_VALUES} values; the rest is not read")
        } else {
            return true;
        };
        if self.stop.is_none() {
            let start = range(place).start.min(self.text.len());
            let end = self.text.ceil_char_boundary(self.text.len().min(start + 1));
            self.stop = Some(Stop::Limit(SyntaxError::limit(self.map.span(start..end), message)));
        }
        false
    }

    fn alias(&mut self, anchor: usize, place: &Place, depth: usize) -> Node {
        let range = range(place);
        self.after = range.end;
        let Some(known) = self.anchors.get(&anchor) else {
            let message = "this alias refers to a value that contains it";
            return self.rejected(range, message, None);
        };
        let (node, values, height) = (known.node.clone(), known.values, known.height);
        self.values += values;
        self.deepest = self.deepest.max(depth + height);
        if !self.is_within_limits(place, depth + height) {
            return self.nothing(range);
        }
        node.used_at(self.map.span(range))
    }

    fn unknown_alias(&mut self, name: &str, place: &Place) -> Node {
        let range = range(place);
        self.after = range.end;
        let message = format!("there is no anchor `&{name}` before this alias");
        self.rejected(range, &message, Some("enclose the value in quotes if it is not an alias"))
    }

    /// Records an error at some bytes, whose value is unknown.
    fn rejected(&mut self, range: Range<usize>, message: &str, help: Option<&str>) -> Node {
        let help = help.map(str::to_owned);
        let span = self.map.span(range.clone());
        self.errors.push(SyntaxError { help, ..SyntaxError::rejected(span, message) });
        self.nothing(range)
    }

    /// A value that is unknown because of an error.
    fn nothing(&self, range: Range<usize>) -> Node {
        Node::unknown(Unknown::Expression(SmolStr::default()), self.map.span(range))
    }

    /// The offset of the next token from `at`.
    fn skip_blank(&self, mut at: usize) -> usize {
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let content = rest.trim_start();
            at += rest.len() - content.len();
            if !content.starts_with('#') {
                return at;
            }
            at += content.find('\n').unwrap_or(content.len());
        }
    }
}

/// The bytes of an event.
fn range(place: &Place) -> Range<usize> {
    let range = place.byte_range().unwrap_or(0..0);
    range.start..range.end.max(range.start)
}

/// Marks that a list or an object can have more than was read.
fn open(node: &mut Node) {
    match &mut node.kind {
        NodeKind::Array(array) => std::sync::Arc::make_mut(array).more = More::Maybe,
        NodeKind::Object(object) => std::sync::Arc::make_mut(object).more = More::Maybe,
        _ => {}
    }
}
