//! A file to its tree: all at once where that works, and else item by item, so that a broken one loses itself alone.

use std::ops::Range;

use hcl_edit::parser::parse_body;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::source::{FileId, Span};
use crate::syntax::SyntaxError;
use crate::syntax::hcl::convert::Converter;
use crate::syntax::hcl::{Attribute, Block, Body, Expr, ExprKind, Parsed, Part, scan};
use crate::value::More;

/// The most bytes that are handed to hcl-edit at once. Its time grows with the square of an object's keys; an attribute
/// that is larger is unknown.
const MAX_EXPRESSION_BYTES: usize = 64 << 10;

/// The most errors that are kept of one file.
const MAX_ERRORS: usize = 1_000;

/// How deep blocks may nest.
const MAX_BLOCK_DEPTH: usize = 32;

/// Parses a `.tf` file. It never fails: it reports an error for each part that it cannot read, and keeps the rest.
///
/// ```
/// use iac_eval::source::FileId;
/// use iac_eval::syntax::hcl::{self, ExprKind};
///
/// let text = "resource \"aws_lb\" \"main\" {\n  name = \"web\"\n  internal = = true\n}\n";
/// let parsed = hcl::parse(FileId(0), text);
/// assert_eq!(parsed.errors.len(), 1);
/// let block = &parsed.body.blocks[0];
/// assert_eq!(&text[block.header.range()], "resource \"aws_lb\" \"main\"");
/// let name = block.body.attribute("name").expect("it has a name");
/// assert_eq!(name.value.kind, ExprKind::String("web".into()));
/// ```
pub fn parse(file: FileId, text: &str) -> Parsed {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut reader = Reader { file, text, errors: Vec::new() };
    let whole = reader.strict(start..text.len()).ok();
    let body = whole.unwrap_or_else(|| reader.items(start..text.len(), 0));
    reader.errors.sort_by_key(|error| error.span);
    reader.errors.truncate(MAX_ERRORS);
    Parsed { body, errors: reader.errors }
}

/// Parses the bytes of a file as a template, as `templatefile` does; `None` if the template is malformed.
pub fn parse_template(place: Span, text: &str) -> Option<Vec<Part>> {
    let text = text.get(place.range())?;
    let small = text.len() <= MAX_EXPRESSION_BYTES;
    let template = small.then(|| hcl_edit::parser::parse_template(text)).and_then(Result::ok)?;
    Some(Converter { file: place.file, text, offset: place.start as usize }.whole(&template))
}

/// Parses a text that consists of one expression; `None` if it does not.
pub fn parse_value(file: FileId, text: &str) -> Option<Expr> {
    let expr = hcl_edit::parser::parse_expr(text).ok()?;
    Some(Converter { file, text, offset: 0 }.expr(&expr))
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
    errors: Vec<SyntaxError>,
}

/// Where and how the parser gave up.
enum ParseFailure {
    At(usize, String),
    TooLarge,
}

/// A body that is being read.
#[derive(Default)]
struct Filling {
    body: Body,
    /// Its attributes.
    names: FxHashSet<SmolStr>,
}

/// Whether an item's mistake is noted already.
#[derive(Clone, Copy, PartialEq)]
enum Reported {
    Yes,
    No,
}

impl Reader<'_> {
    /// Parses a range that must be right as a whole.
    fn strict(&self, range: Range<usize>) -> Result<Body, ParseFailure> {
        let text = &self.text[range.clone()];
        if text.len() > MAX_EXPRESSION_BYTES {
            return Err(ParseFailure::TooLarge);
        }
        let broken =
            scan::items(text, 0, text.len()).into_iter().find_map(|(_, extent)| extent.unclosed_quote);
        if let Some(quote) = broken {
            return Err(ParseFailure::At(range.start + quote, "newline in a string".to_owned()));
        }
        let parsed = parse_body(&format!("{text}\n")).map_err(|error| {
            ParseFailure::At(range.start + error.location().offset(), error.message().to_owned())
        })?;
        let converter = Converter { file: self.file, text, offset: range.start };
        Ok(converter.body(&parsed))
    }

    /// The items of a body, each read alone.
    fn items(&mut self, range: Range<usize>, depth: usize) -> Body {
        let mut read = Filling::default();
        for (start, extent) in scan::items(self.text, range.start, range.end) {
            let errors = self.errors.len();
            if let Some(quote) = extent.unclosed_quote {
                self.reject(
                    quote,
                    "this string is never closed on its line".to_owned(),
                    Some("close it with `\"`"),
                );
            } else if let Some(open) = extent.unclosed {
                let bracket = &self.text[open..=open];
                self.reject(open, format!("this `{bracket}` is never closed"), None);
            }
            let reported = if self.errors.len() > errors { Reported::Yes } else { Reported::No };
            self.item(start..extent.end, reported, depth, &mut read);
            if self.errors.len() > errors + 1 && reported == Reported::Yes {
                self.errors.truncate(errors + 1);
            }
        }
        read.body
    }

    fn item(&mut self, range: Range<usize>, reported: Reported, depth: usize, filling: &mut Filling) {
        let failure = match self.strict(range.clone()) {
            Ok(read) => return self.append(read, filling),
            Err(failure) => failure,
        };
        let body = &mut filling.body;
        match head(&self.text[range.clone()]) {
            Some(Head { name, labels, length, opens: Some(inside) }) => {
                let name = Span::new(self.file, range.start, range.start + name.len());
                let header = name.to(Span::new(self.file, range.start, range.start + length));
                let inside = range.start + inside..closing(self.text, &range);
                let kind = self.text[name.range()].into();
                let at = Span::new(self.file, range.start, range.end);
                let errors = self.errors.len();
                let mut inner = self.nested(inside, depth);
                // Where something is torn, the ends of all blocks around it are guesses.
                let is_torn = inner.more == More::Maybe && self.errors.len() > errors;
                if reported == Reported::Yes || is_torn {
                    inner.more = More::Maybe;
                    body.more = if depth > 0 { More::Maybe } else { body.more };
                }
                body.blocks.push(Block { kind, labels, header, at, body: inner });
            }
            Some(Head { name, length, opens: None, .. }) => {
                let name_at = Span::new(self.file, range.start, range.start + name.len());
                let at = Span::new(self.file, range.start + length, range.end);
                let name = SmolStr::from(name);
                filling.names.insert(name.clone());
                let value = self.but_for_a_comma(&range).unwrap_or(Expr { kind: ExprKind::Unparsed, at });
                body.attributes.push(Attribute { name, name_at, value });
                self.reject_once(failure, range.start, reported);
            }
            None => {
                body.more = More::Maybe;
                self.reject_once(failure, range.start, reported);
            }
        }
    }

    fn nested(&mut self, inside: Range<usize>, depth: usize) -> Body {
        if depth < MAX_BLOCK_DEPTH && inside.start <= inside.end {
            self.items(inside, depth + 1)
        } else {
            Body { more: More::Maybe, ..Body::default() }
        }
    }

    /// The value of an attribute that is right but for a comma behind it.
    fn but_for_a_comma(&self, range: &Range<usize>) -> Option<Expr> {
        let text = self.text[range.clone()].trim_end().strip_suffix(',')?;
        let read = self.strict(range.start..range.start + text.len()).ok()?;
        read.attributes.into_iter().next().map(|attribute| attribute.value)
    }

    /// Adds what was read; of an attribute given twice the first counts.
    fn append(&mut self, read: Body, filling: &mut Filling) {
        for attribute in read.attributes {
            if !filling.names.insert(attribute.name.clone()) {
                let message = format!("`{}` is already set in this block", attribute.name);
                let help = Some("remove one of the two".to_owned());
                self.errors.push(SyntaxError { help, ..SyntaxError::rejected(attribute.name_at, message) });
            } else {
                filling.body.attributes.push(attribute);
            }
        }
        filling.body.blocks.extend(read.blocks);
    }

    /// Notes a failure, unless its error is noted already or Terraform accepts the text.
    fn reject_once(&mut self, failure: ParseFailure, start: usize, reported: Reported) {
        let ParseFailure::At(at, message) = failure else { return };
        if reported == Reported::No
            && !is_accepted_by_terraform(&message)
            && !self.is_line_break_in_brackets(start, at)
        {
            let found = found(&self.text[self.text.floor_char_boundary(at)..]);
            let (message, help) = reworded(&message, &found);
            self.reject(at, message, help);
        }
    }

    /// Whether a line break within brackets is the error: Terraform allows them in more places than hcl-edit.
    fn is_line_break_in_brackets(&self, start: usize, at: usize) -> bool {
        let breaks = self.text[self.text.floor_char_boundary(at)..].starts_with(['\n', '\r']);
        breaks
            && scan::items(self.text, start, at).last().is_some_and(|(_, extent)| extent.unclosed.is_some())
    }

    fn reject(&mut self, at: usize, message: String, help: Option<&str>) {
        let at = self.text.floor_char_boundary(at);
        let length = self.text[at..].chars().next().filter(|next| *next != '\n').map_or(0, char::len_utf8);
        let span = Span::new(self.file, at, at + length);
        let help = help.map(str::to_owned);
        let is_superfluous = self.text[at..].starts_with(',') && help.is_some();
        self.errors.push(SyntaxError { help, is_superfluous, ..SyntaxError::rejected(span, message) });
    }
}

/// The limits of hcl-edit that are not Terraform's: an object key given twice, its nesting depth, and how many operators
/// it takes in a row.
fn is_accepted_by_terraform(message: &str) -> bool {
    ["unique object key", "nesting depth", "chained binary operators"]
        .iter()
        .any(|limit| message.contains(limit))
}

/// What stands at a place, in short.
fn found(rest: &str) -> String {
    match rest.chars().next() {
        None => "the end of the file".to_owned(),
        Some('\n' | '\r') => "the end of the line".to_owned(),
        Some(first) if first.is_alphanumeric() => {
            let word: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || "_-".contains(*c)).take(24).collect();
            format!("`{word}`")
        }
        Some(first) => format!("`{first}`"),
    }
}

/// hcl-edit's message in our words.
fn reworded(message: &str, found: &str) -> (String, Option<&'static str>) {
    if message.contains("invalid expression") {
        return (format!("expected a value, found {found}"), None);
    }
    if message.contains("newline") {
        let help = (found == "`,`").then_some("remove the comma; a line break ends an argument");
        return (format!("expected the end of the line, found {found}"), help);
    }
    match message.rsplit_once("expected ") {
        // Where an item should begin, no word is expected before others.
        Some((_, "token")) | None => {
            (format!("unexpected {}", found.strip_prefix("the ").unwrap_or(found)), None)
        }
        Some((_, expected)) => (format!("expected {expected}, found {found}"), None),
    }
}

/// The beginning of an item: what comes before an attribute's value or a block's content.
struct Head<'t> {
    name: &'t str,
    labels: Vec<SmolStr>,
    /// Bytes before the value, or of the name and the labels.
    length: usize,
    /// Bytes before the content, if it is a block.
    opens: Option<usize>,
}

fn head(item: &str) -> Option<Head<'_>> {
    let name = word(item)?;
    let (mut at, mut length) = (name.len(), name.len());
    let mut labels = Vec::new();
    loop {
        let rest = item[at..].trim_start_matches([' ', '\t']);
        at = item.len() - rest.len();
        let (label, size) = match rest.chars().next()? {
            '=' if labels.is_empty() => return Some(Head { name, labels, length: at + 1, opens: None }),
            '{' => return Some(Head { name, labels, length, opens: Some(at + 1) }),
            '"' => rest[1..].split_once('"').map(|(label, _)| (label, label.len() + 2))?,
            _ => word(rest).map(|label| (label, label.len()))?,
        };
        labels.push(label.into());
        at += size;
        length = at;
    }
}

/// The word that the text begins with.
fn word(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(text.len());
    text.get(..end).filter(|word| !word.is_empty())
}

/// Where the content of a block ends: before its closing brace, if it has one.
fn closing(text: &str, range: &Range<usize>) -> usize {
    let item = text[range.clone()].trim_end();
    range.start + item.strip_suffix('}').unwrap_or(item).len()
}

#[cfg(test)]
mod tests;
