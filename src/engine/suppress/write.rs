//! Writes suppressions. Each is parsed again before it is offered; one that would match nothing or break the file is
//! discarded.

use std::path::Path;

use crate::config;
use crate::engine::suppress::comment;
use crate::engine::suppress::entry;
use crate::frontend;
use crate::source::{Span, line_start};
use crate::syntax::json;
use crate::value::{Mapped, Node};

/// The place of a finding to suppress.
#[derive(Clone, Copy)]
pub(crate) struct Place<'p> {
    /// The rule.
    pub rule: &'p str,
    /// The bytes that the finding is about.
    pub span: Span,
    /// The path of the file.
    pub path: &'p Path,
    /// The text of the file.
    pub text: &'p str,
}

/// How many lines above a finding a comment may be. There may be a heredoc between, in which comments are not
/// possible.
const MAX_LINES_ABOVE: usize = 300;

/// The comment that suppresses a finding, and the offset to insert it at: the start of a line.
pub(crate) fn comment_for(place: Place) -> Option<(usize, String)> {
    let Place { rule, span, text, .. } = place;
    let mut end = span.start as usize;
    for _ in 0..MAX_LINES_ABOVE {
        let line = line_start(text, end);
        let indent = text[line..].len() - text[line..].trim_start_matches([' ', '\t']).len();
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let added = format!("{}# ecslint: ignore[{rule}]{newline}", &text[line..line + indent]);
        if accepts(place, line, &added) {
            return Some((line, added));
        }
        end = (line > line_start(text, 0)).then(|| line - 1)?;
    }
    None
}

/// Whether a line at an offset is a comment that suppresses the finding.
fn accepts(place: Place, offset: usize, line: &str) -> bool {
    let Place { span, text, .. } = place;
    let new = [&text[..offset], line, &text[offset..]].concat();
    let start = span.start as usize + line.len();
    let Some(syntax) = frontend::comments(place.path) else { return false };
    comment::in_text(span.file, &new, syntax).iter().any(|comment| {
        let is_ours = (offset..offset + line.len()).contains(&comment.at.range().start);
        is_ours && comment.about.is_some_and(|about| about.range().contains(&start))
    })
}

/// The value of a file in JSON, into which entries point.
pub(crate) fn document(place: Place) -> Option<Node> {
    let is_json = place.path.extension().is_some_and(|extension| extension == "json");
    is_json.then(|| json::parse(&Mapped::file(place.span.file, place.text)).root).flatten()
}

/// Whether an entry can be appended to the text of a settings file in a directory.
pub(crate) fn can_append(place: Place, directory: &Path, config: &str) -> bool {
    config::ignores(place.span.file, config, directory).is_some()
}

/// The `[[ignore]]` entry that suppresses a finding, to be appended to the settings file in a directory, whose text is `config`.
/// `root` is the [`document`].
pub(crate) fn entry_for(place: Place, root: Option<&Node>, directory: &Path, config: &str) -> Option<String> {
    let Place { rule, span, path, .. } = place;
    let below = path.strip_prefix(directory).ok()?;
    let parts: Vec<String> = below.iter().map(|part| escaped(&part.to_string_lossy())).collect();
    // A name without a slash would match at any depth.
    let pattern = if let [name] = parts.as_slice() { format!("/{name}") } else { parts.join("/") };
    let pointer = root.map(|root| pointer(root, span)).unwrap_or_default();
    let space = if config.is_empty() || config.ends_with("\n\n") { "" } else { "\n" };
    let end = if config.is_empty() || config.ends_with('\n') { "" } else { "\n" };
    let mut written =
        format!("{end}{space}[[ignore]]\npath = {}\nrule = {}\n", quoted(&pattern), quoted(rule));
    if !pointer.is_empty() {
        written += &format!("pointer = {}\n", quoted(&pointer));
    }
    let ignores = config::ignores(span.file, &written, directory)?;
    let is_about = ignores.last()?.paths().contain(path);
    let is_there =
        pointer.is_empty() || entry::pointed(root?, &pointer).is_some_and(|place| place.start <= span.start);
    (is_about && is_there).then_some(written)
}

/// The JSON pointer to the innermost value around a place, or to the member whose key it is.
fn pointer(root: &Node, span: Span) -> String {
    let mut pointer = String::new();
    let mut node = root;
    loop {
        if let Some(array) = node.as_array() {
            let Some(index) = array.items.iter().position(|item| holds(item.at, span)) else {
                return pointer;
            };
            pointer += &format!("/{index}");
            node = &array.items[index];
            continue;
        }
        let mut entries = node.as_object().into_iter().flat_map(|object| &object.entries);
        let Some(entry) = entries.find(|entry| holds(entry.key_at.to(entry.value.at), span)) else {
            return pointer;
        };
        pointer += &format!("/{}", entry.key.replace('~', "~0").replace('/', "~1"));
        node = &entry.value;
    }
}

fn holds(around: Span, span: Span) -> bool {
    around.start <= span.start && span.end <= around.end
}

/// A name as a path pattern that matches only it.
fn escaped(name: &str) -> String {
    let special = |letter: char| matches!(letter, '*' | '?' | '[' | ']' | '{' | '}' | '!' | '#' | '\\' | ' ');
    let letters = name.chars().flat_map(|letter| special(letter).then_some('\\').into_iter().chain([letter]));
    letters.collect()
}

/// A TOML string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
