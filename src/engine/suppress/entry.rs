//! `[[ignore]]` in `ecslint.toml`, for JSON, which has no comments.

use std::collections::BTreeMap;

use crate::config::Ignore;
use crate::source::{FileId, Sources, Span, line_start};
use crate::syntax::json;
use crate::value::{Mapped, Node};

/// An entry, with the place that it applies to in each file.
pub(super) struct Accepted<'i> {
    pub entry: &'i Ignore,
    /// Its place in the files that it is about.
    places: BTreeMap<FileId, Option<Span>>,
}

/// The parsed files to which pointers lead.
pub(super) type Roots = BTreeMap<FileId, Option<Node>>;

impl<'i> Accepted<'i> {
    pub(super) fn new(entry: &'i Ignore) -> Accepted<'i> {
        Accepted { entry, places: BTreeMap::new() }
    }

    /// Whether it applies to a place.
    pub(super) fn is_about(&mut self, span: Span, sources: &Sources, roots: &mut Roots) -> bool {
        if !self.entry.is_about(&sources.get(span.file).path) {
            return false;
        }
        let find = || place(self.entry, span.file, sources, roots);
        let place = self.places.entry(span.file).or_insert_with(find);
        place.is_some_and(|place| place.start <= span.start && span.start < place.end.max(place.start + 1))
    }
}

/// What an entry applies to in a file.
fn place(entry: &Ignore, file: FileId, sources: &Sources, roots: &mut Roots) -> Option<Span> {
    let text = &sources.get(file).text;
    let Some((pointer, _)) = &entry.pointer else { return Some(Span::new(file, 0, text.len())) };
    let root = roots.entry(file).or_insert_with(|| json::parse(&Mapped::file(file, text)).root);
    pointed(root.as_ref()?, pointer)
}

/// The member or item at a JSON pointer, with its key.
pub(super) fn pointed(root: &Node, pointer: &str) -> Option<Span> {
    let (mut node, mut span) = (root, root.at);
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        match (node.as_array(), node.entry(&token)) {
            (Some(array), _) => {
                node = array.items.get(token.parse::<usize>().ok()?)?;
                span = node.at;
            }
            (None, entry) => {
                node = &entry?.value;
                span = entry?.key_at.to(node.at);
            }
        }
    }
    Some(span)
}

/// The lines of an entry that is a table of its own, with the empty line after it.
pub(super) fn deletion(sources: &Sources, at: Span) -> Option<Span> {
    let text = &*sources.get(at.file).text;
    let (start, end) = (at.range().start, at.range().end);
    let line = line_start(text, start);
    if !text[line..].trim_start().starts_with("[[") {
        return None;
    }
    let next = |from: usize| text[from..].find('\n').map_or(text.len(), |length| from + length + 1);
    let behind = next(end);
    let is_empty = behind < text.len() && text[behind..next(behind)].trim().is_empty();
    Some(Span::new(at.file, line, if is_empty { next(behind) } else { behind }))
}
