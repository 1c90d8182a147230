//! Parses a file: all at once if it is correct, and else item by item, so that an error affects only its own item.

use std::ops::Range;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::source::{FileId, Span};
use crate::syntax::hcl::parser::{Failure, MAX_ITEMS, Parser};
use crate::syntax::hcl::{Attribute, Block, Body, Expr, ExprKind, Parsed, Part, scan};
use crate::syntax::{SyntaxError, SyntaxErrorKind};
use crate::value::More;

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
    let mut reader = Reader { file, text, errors: Vec::new(), outdated: None, items: 0, limit: None };
    let whole = reader.strict(start..text.len()).ok();
    let body = whole.unwrap_or_else(|| reader.items(start..text.len(), 0));
    reader.errors.extend(reader.outdated.map(outdated));
    let limit = reader.limit.map(|(at, message)| SyntaxError::limit(Span::new(file, at, at), message));
    reader.errors.extend(limit);
    reader.errors.sort_by_key(|error| error.span);
    if let Some(next) = reader.errors.get(MAX_ERRORS).map(|error| error.span) {
        reader.errors.truncate(MAX_ERRORS);
        let message = format!("only the first {MAX_ERRORS} errors of this file are reported");
        reader.errors.push(SyntaxError::limit(next, message));
    }
    Parsed { body, errors: reader.errors }
}

/// Parses the bytes of a file as a template, as `templatefile` does; `None` if the template is malformed.
pub fn parse_template(place: Span, text: &str) -> Option<Vec<Part>> {
    text.get(place.range())?;
    Parser::new(place.file, text, place.range()).template().ok()
}

/// Parses a text that consists of one expression; `None` if it does not.
pub fn parse_value(file: FileId, text: &str) -> Option<Expr> {
    Parser::new(file, text, 0..text.len()).value().ok()
}

/// The error of syntax that Terraform 0.12 removed.
fn outdated(at: Span) -> SyntaxError {
    let message = "this file is written for Terraform 0.11, whose syntax later versions reject";
    let help = "write names without quotes, and `=` between a name and a map".to_owned();
    SyntaxError { help: Some(help), kind: SyntaxErrorKind::Outdated, ..SyntaxError::rejected(at, message) }
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
    errors: Vec<SyntaxError>,
    /// The first place with syntax of Terraform 0.11.
    outdated: Option<Span>,
    /// The number of items that were read one by one.
    items: usize,
    /// The first limit that was reached, and its place.
    limit: Option<(usize, String)>,
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
    /// Parses a range that must be correct as a whole.
    fn strict(&mut self, range: Range<usize>) -> Result<Body, Failure> {
        let parsed = Parser::new(self.file, self.text, range).file()?;
        self.outdated = self.outdated.into_iter().chain(parsed.outdated).min();
        Ok(parsed.body)
    }

    /// The items of a body, each read alone.
    fn items(&mut self, range: Range<usize>, depth: usize) -> Body {
        let mut read = Filling::default();
        for (start, extent) in scan::items(self.text, range.start, range.end) {
            self.items += 1;
            if self.items > MAX_ITEMS {
                self.reject_once(Failure::too_many(start), Reported::No);
                read.body.more = More::Maybe;
                break;
            }
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
                // Failures in the content are those of its items, which are parsed again.
                if failure.at() < header.range().end {
                    self.reject_once(failure, reported);
                }
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
                let value = self.but_for_a_comma(&range);
                if value.is_none() && depth > 0 {
                    // The rest of the line may hold more arguments.
                    body.more = More::Maybe;
                }
                let value = value.unwrap_or(Expr { kind: ExprKind::Unparsed, at });
                body.attributes.push(Attribute { name, name_at, value });
                self.reject_once(failure, reported);
            }
            None => {
                body.more = More::Maybe;
                self.reject_once(failure, reported);
            }
        }
    }

    fn nested(&mut self, inside: Range<usize>, depth: usize) -> Body {
        if depth < MAX_BLOCK_DEPTH && inside.start <= inside.end {
            self.items(inside, depth + 1)
        } else {
            if depth == MAX_BLOCK_DEPTH {
                self.reject_once(Failure::too_deep(inside.start), Reported::No);
            }
            Body { more: More::Maybe, ..Body::default() }
        }
    }

    /// The value of an attribute that is right but for a comma behind it.
    fn but_for_a_comma(&mut self, range: &Range<usize>) -> Option<Expr> {
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

    /// Reports a failure, unless its error was reported before or Terraform accepts the text.
    fn reject_once(&mut self, failure: Failure, reported: Reported) {
        match failure {
            Failure::Rejected { at, message, help } if reported == Reported::No => {
                self.reject(at, message, help)
            }
            Failure::Rejected { .. } => {}
            Failure::Limit { at, message } => {
                self.limit.get_or_insert((at, message));
            }
        }
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
    let end = text.find(|c: char| !scan::is_of_name(c)).unwrap_or(text.len());
    text.get(..end).filter(|word| !word.is_empty())
}

/// Where the content of a block ends: before its closing brace, if it has one.
fn closing(text: &str, range: &Range<usize>) -> usize {
    let item = text[range.clone()].trim_end();
    range.start + item.strip_suffix('}').unwrap_or(item).len()
}

#[cfg(test)]
mod tests;
