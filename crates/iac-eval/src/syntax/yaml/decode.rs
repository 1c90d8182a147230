//! Parses YAML text as Terraform's `yamldecode` does.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, Span as Place, Tag};
use smol_str::SmolStr;

use crate::syntax::yaml::{MAX_DEPTH, merge, scalar};
use crate::value::{Entry, Mapped, Node, NodeKind, Object};

/// The maximum number of values after the expansion of aliases.
const MAX_VALUES: usize = 100_000;

/// Why a text is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not YAML, or uses tags and types that JSON does not have.
    Invalid,
    /// It has too many values, or is nested too deeply.
    TooLarge,
}

/// Parses the first document of a text.
///
/// ```
/// use iac_eval::source::FileId;
/// use iac_eval::syntax::yaml;
/// use iac_eval::value::{Mapped, Node};
///
/// let text = "name: web\nports:\n  - 80\n";
/// let root = yaml::parse(&Mapped::file(FileId(0), text)).expect("it is YAML");
/// assert_eq!(root.to_json().to_string(), r#"{"name":"web","ports":[80]}"#);
/// assert_eq!(root.get("name").map(|name| &text[name.at.range()]), Some("web"));
/// ```
pub fn parse(text: &Mapped) -> Result<Node, Refusal> {
    let options = granit_parser::options! { emit_comments: false };
    let events = Parser::new_from_str_with_options(&text.text, options);
    let mut reader =
        Reader { map: text, events, anchors: HashMap::new(), made: 0, refusal: Refusal::Invalid };
    reader.document().ok_or(reader.refusal)
}

struct Reader<'m> {
    map: &'m Mapped<'m>,
    events: Parser<'m, granit_parser::StrInput<'m>>,
    anchors: HashMap<usize, Node>,
    made: usize,
    /// Why nothing was read, if that is the case.
    refusal: Refusal,
}

impl<'m> Reader<'m> {
    fn document(&mut self) -> Option<Node> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(..), _) => {}
                (event, place) => return self.node(event, place, 0),
            }
        }
    }

    fn next(&mut self) -> Option<(Event<'m>, Place)> {
        self.events.next_event()?.ok()
    }

    fn node(&mut self, event: Event<'m>, place: Place, depth: usize) -> Option<Node> {
        self.made += 1;
        if depth > MAX_DEPTH || self.made > MAX_VALUES {
            self.refusal = Refusal::TooLarge;
            return None;
        }
        let (node, anchor) = match event {
            Event::Alias(anchor) => return self.anchors.get(&anchor).cloned(),
            Event::Scalar(text, style, anchor, tag) => {
                (self.scalar(&text, style, tag.as_deref(), place)?, anchor)
            }
            Event::SequenceStart(_, anchor, None) => (self.sequence(place, depth)?, anchor),
            Event::MappingStart(_, anchor, None) => (self.mapping(place, depth)?, anchor),
            _ => return None,
        };
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Some(node)
    }

    fn sequence(&mut self, place: Place, depth: usize) -> Option<Node> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, end) => {
                    let at = self.map.span(place.byte_range()?.start..end.byte_range()?.end);
                    return Some(Node::array(items, at));
                }
                (event, place) => items.push(self.node(event, place, depth + 1)?),
            }
        }
    }

    fn mapping(&mut self, place: Place, depth: usize) -> Option<Node> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let key = match self.next()? {
                (Event::MappingEnd, end) => {
                    let at = self.map.span(place.byte_range()?.start..end.byte_range()?.end);
                    let object = Object { entries, ..Object::default() };
                    return Some(Node::new(NodeKind::Object(object.into()), at));
                }
                (event, place) => self.node(event, place, depth + 1)?,
            };
            let (event, place) = self.next()?;
            let value = self.node(event, place, depth + 1)?;
            match &key.kind {
                NodeKind::String(name) if name == "<<" => {
                    merge::into(&mut entries, std::slice::from_ref(&value))
                }
                NodeKind::String(name) | NodeKind::Number(name) => {
                    entries.push(Entry::new(name.clone(), key.at, value))
                }
                NodeKind::Bool(name) => entries.push(Entry::new(name.to_string(), key.at, value)),
                _ => return None,
            }
        }
    }

    fn scalar(&self, text: &str, style: ScalarStyle, tag: Option<&Tag>, place: Place) -> Option<Node> {
        let range = place.byte_range()?;
        let at = self.map.span(range.clone());
        if self.map.has_hole(range.clone()) {
            let (why, place) = range.clone().find_map(|offset| self.map.hole(offset))?;
            return Some(Node::unknown(why.clone(), place));
        }
        let kind = match (style, tag) {
            (ScalarStyle::Plain, None) => scalar::of_terraform(text),
            (_, None) => NodeKind::String(SmolStr::from(text)),
            (_, Some(tag)) if tag.core_suffix() == Some("str") => NodeKind::String(SmolStr::from(text)),
            _ => return None,
        };
        Some(Node::new(kind, at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn read(text: &str) -> Option<serde_json::Value> {
        parse(&Mapped::file(FileId(0), text)).ok().map(|node| node.to_json())
    }

    #[test]
    fn blocks_flows_and_types_are_read() {
        let value = read("name: web\nports: [80, '80']\nflags:\n- true\n- ~\n- 1.5\n");
        let expected = serde_json::json!({"name": "web", "ports": [80, "80"], "flags": [true, null, 1.5]});
        assert_eq!(value, Some(expected));
    }

    #[test]
    fn anchors_and_merge_keys_are_followed() {
        let value = read("base: &b { a: 1, b: 2 }\nthis:\n  <<: *b\n  b: 3\n");
        assert_eq!(value.map(|value| value["this"].clone()), Some(serde_json::json!({"a": 1, "b": 3})));
    }

    #[test]
    fn comments_may_stand_anywhere() {
        let value = read("# a\na: # b\n  # c\n  - 1 # d\n  # e\n  - { b: 2 } # f\n# g\nc: 3\n");
        assert_eq!(value, Some(serde_json::json!({"a": [1, {"b": 2}], "c": 3})));
    }

    #[test]
    fn scalars_know_their_bytes() {
        let node = parse(&Mapped::file(FileId(0), "a:\n  image: \"nginx\"\n"));
        let at = node.ok().and_then(|node| Some(node.get("a")?.get("image")?.at.range()));
        assert_eq!(at, Some(12..19));
    }

    #[test]
    fn what_is_no_yaml_is_nothing() {
        assert_eq!(read("a: [1"), None);
        assert_eq!(read("a: !Ref b"), None);
    }
}
