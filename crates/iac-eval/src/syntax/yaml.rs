//! Parses YAML text into nodes with places. Only this file uses granit-parser.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span as Place, Tag};
use smol_str::{SmolStr, format_smolstr};

use crate::source::line_start;
use crate::value::{Entry, Mapped, Node, NodeKind, Object};

/// The maximum nesting depth of values, and the maximum number of aliases followed.
const MAX_DEPTH: usize = 64;

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
    let events = Parser::new_from_str(&text.text);
    let mut reader =
        Reader { map: text, events, anchors: HashMap::new(), made: 0, refusal: Refusal::Invalid };
    reader.document().ok_or(reader.refusal)
}

/// The comments of a text, as far as it is valid YAML.
pub fn comments(text: &str) -> Vec<Range<usize>> {
    let events = Parser::new_from_str(text).map_while(Result::ok);
    let comments = events.filter(|(event, _)| matches!(event, Event::Comment(..)));
    comments.filter_map(|(_, place)| place.byte_range()).collect()
}

/// The offset of the end of the block-style member or item that starts at `start`: before the next non-blank line that
/// is not indented further.
pub fn extent(text: &str, start: usize) -> usize {
    let column = start - line_start(text, start);
    let is_item = text[start..].starts_with('-');
    let mut end = start + text[start..].find('\n').unwrap_or(text.len() - start);
    let mut next = end + 1;
    for line in text.get(next..).unwrap_or_default().split_inclusive('\n') {
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        // The items of a list can be at the same indentation as its key.
        let is_its_item =
            indent == column && !is_item && (content.starts_with("- ") || content.trim_end() == "-");
        let is_blank = content.trim().is_empty() || content.starts_with('#');
        if !is_blank && indent <= column && !is_its_item {
            break;
        }
        next += line.len();
        end = if is_blank { end } else { next - (line.len() - line.trim_end().len()) };
    }
    end
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
        loop {
            match self.events.next_event()?.ok()? {
                (Event::Comment(..), _) => {}
                event => return Some(event),
            }
        }
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
                NodeKind::String(name) if name == "<<" => self.merge(&mut entries, &value),
                NodeKind::String(name) | NodeKind::Number(name) => {
                    entries.push(Entry::new(name.clone(), key.at, value))
                }
                NodeKind::Bool(name) => entries.push(Entry::new(name.to_string(), key.at, value)),
                _ => return None,
            }
        }
    }

    /// Applies `<<: *base`: adds the members of `base` that are not in the mapping yet.
    fn merge(&self, entries: &mut Vec<Entry>, base: &Node) {
        let bases: Vec<&Node> = base.as_array().map_or(vec![base], |array| array.items.iter().collect());
        for base in bases.into_iter().filter_map(Node::as_object) {
            // The mapping's own members follow; the later of two members with the same key wins.
            let kept =
                base.entries.iter().filter(|entry| !entries.iter().any(|known| known.key == entry.key));
            let kept: Vec<Entry> = kept.cloned().collect();
            entries.splice(0..0, kept);
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
            (ScalarStyle::Plain, None) => plain(text),
            (_, None) => NodeKind::String(SmolStr::from(text)),
            (_, Some(tag)) if tag.core_suffix() == Some("str") => NodeKind::String(SmolStr::from(text)),
            _ => return None,
        };
        Some(Node::new(kind, at))
    }
}

/// The type of a plain scalar under YAML 1.1, which Terraform and CloudFormation use.
fn plain(text: &str) -> NodeKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return NodeKind::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "y" | "Y" => {
            return NodeKind::Bool(true);
        }
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "n" | "N" => {
            return NodeKind::Bool(false);
        }
        _ => {}
    }
    if let Some(number) = text.strip_prefix("0x").and_then(|digits| u64::from_str_radix(digits, 16).ok()) {
        return NodeKind::Number(format_smolstr!("{number}"));
    }
    if is_date(text) {
        return NodeKind::String(format_smolstr!("{text}T00:00:00Z"));
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.ends_with(|c: char| c.is_ascii_digit() || c == '.')
        && text.parse::<f64>().is_ok_and(f64::is_finite);
    if !is_number {
        return NodeKind::String(SmolStr::from(text));
    }
    let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
    let zeros = if is_whole {
        digits[..digits.len() - 1].bytes().take_while(|byte| *byte == b'0').count()
    } else {
        0
    };
    NodeKind::Number(format_smolstr!("{sign}{}", &digits[zeros..]))
}

/// Whether a text is a date, which Terraform reads as the time at which it begins.
fn is_date(text: &str) -> bool {
    let is_digit = |(index, byte): (usize, u8)| {
        if [4, 7].contains(&index) { byte == b'-' } else { byte.is_ascii_digit() }
    };
    text.len() == 10 && text.bytes().enumerate().all(is_digit)
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
    fn members_and_items_end_where_less_is_indented() {
        let text = "a:\n- b: 1\n  c:\n    - 2\n\n# x\n- d: 3\ne: 4\n";
        let of = |what: &str| {
            let start = text.find(what).unwrap_or_default();
            &text[start..extent(text, start)]
        };
        assert_eq!(of("a:"), "a:\n- b: 1\n  c:\n    - 2\n\n# x\n- d: 3");
        assert_eq!(of("- b"), "- b: 1\n  c:\n    - 2");
        assert_eq!(of("c:"), "c:\n    - 2");
        assert_eq!(of("e:"), "e: 4");
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
