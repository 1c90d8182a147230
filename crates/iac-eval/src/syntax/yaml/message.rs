//! The messages of syntax errors.

use std::ops::Range;

use granit_parser::ErrorKind;

pub(super) const TABS: &str = "tabs cannot indent YAML";
pub(super) const USE_SPACES: &str = "use spaces for the indentation";

/// The start of what an error is in.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    /// The opening quote of a string.
    Quote(usize),
    /// The opening bracket of a list or an object.
    Bracket(usize),
    /// A line that has no colon.
    Word(usize),
    /// A line that is indented with tabs.
    Tab(usize),
    /// The place of the error.
    Here(usize),
}

impl Origin {
    pub(super) fn at(self) -> usize {
        match self {
            Origin::Quote(at)
            | Origin::Bracket(at)
            | Origin::Word(at)
            | Origin::Tab(at)
            | Origin::Here(at) => at,
        }
    }
}

type Message = (String, Option<&'static str>);

/// The bytes of an error, its message, and its help.
pub(super) fn of(
    text: &str,
    kind: &ErrorKind,
    origin: Origin,
) -> (Range<usize>, String, Option<&'static str>) {
    let start = if origin.at() < text.len() { origin.at() } else { text.trim_end().len().saturating_sub(1) };
    let start = text.floor_char_boundary(start);
    let rest = &text[start..];
    let line = rest.lines().next().unwrap_or_default().trim_end();
    let (message, help) = message(kind, origin, line);
    let length = match origin {
        Origin::Word(_) => line.len(),
        Origin::Tab(_) => line.len() - line.trim_start().len(),
        _ => 0,
    };
    let first = rest.chars().next().map_or(0, char::len_utf8);
    (start..start + length.max(first), message, help)
}

fn message(kind: &ErrorKind, origin: Origin, rest: &str) -> Message {
    let fixed = |message: &str, help| (message.to_owned(), help);
    match (kind, origin) {
        (_, Origin::Tab(_)) => fixed(TABS, Some(USE_SPACES)),
        (_, Origin::Word(_)) if rest.contains(':') => {
            fixed("missing space after the colon", Some("add a space"))
        }
        (_, Origin::Word(_)) => {
            fixed("missing colon after this key", Some("write a key, a colon, and a value"))
        }
        (ErrorKind::UnknownQuotedScalarEscape, _) => fixed(
            "this string has an escape that YAML does not have",
            Some("double the backslash, or use single quotes"),
        ),
        (ErrorKind::InvalidQuotedScalarHexEscape | ErrorKind::InvalidUnicodeEscape, _) => {
            fixed("this string has an invalid escape", None)
        }
        (ErrorKind::InvalidTrailingSingleQuotedScalar, _) => fixed(
            "text after the end of this string",
            Some("double the single quotes inside the string, or use double quotes"),
        ),
        (ErrorKind::InvalidTrailingDoubleQuotedScalar, _) => fixed(
            "text after the end of this string",
            Some("write `\\\"` for a double quote inside the string"),
        ),
        (_, Origin::Quote(_)) => fixed("this quote is not closed", Some("add the closing quote")),
        (ErrorKind::MismatchedFlowCollectionEnd { .. } | ErrorKind::UnclosedFlowCollection { .. }, _)
        | (_, Origin::Bracket(_)) => bracket(rest),
        (ErrorKind::MisplacedFlowCollectionEnd, _) => {
            fixed("this bracket was not opened", Some("remove the bracket"))
        }
        (ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator, _) => {
            fixed("missing comma before this", Some("add a comma"))
        }
        (ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement, _) => fixed(
            "a key is not allowed here",
            Some("check the indentation, or enclose the value in quotes if the colon belongs to it"),
        ),
        (ErrorKind::MissingAnchorOrAliasName | ErrorKind::UnexpectedCharacter { .. }, _) => {
            first_character(rest)
        }
        _ => structure(kind, rest),
    }
}

/// The messages of errors in the structure of blocks.
fn structure(kind: &ErrorKind, rest: &str) -> Message {
    let fixed = |message: &str, help| (message.to_owned(), help);
    match kind {
        _ if rest.starts_with('!') => fixed(
            "a value can have only one tag",
            Some("write the outer function in its long form, as a key, and the inner one on the next line"),
        ),
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedDocumentStart
        | ErrorKind::InvalidIndentation => fixed(
            "the indentation of this line does not match the lines before it",
            Some("align it with the other keys of its object"),
        ),
        ErrorKind::ExpectedBlockSequenceEntry => fixed(
            "expected an item of the list, which begins with `- `",
            Some("add the dash, or indent the line like the key that it belongs next to"),
        ),
        ErrorKind::BlockSequenceEntryNotAllowed | ErrorKind::BlockEntryInFlowCollection => {
            fixed("a list item is not allowed here", Some("begin the list on its own line"))
        }
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::ZeroBlockScalarIndent => {
            fixed("invalid text after `|` or `>`", Some("begin the text on the next line"))
        }
        ErrorKind::InvalidBlockScalarIndent => {
            fixed("the lines of this text are indented less than its first line", None)
        }
        ErrorKind::CommentNotSeparated => {
            fixed("a comment must have a space before it", Some("add a space before `#`"))
        }
        ErrorKind::UndeclaredTagHandle => fixed("unknown tag", None),
        ErrorKind::InvalidTagTerminator | ErrorKind::MissingTagUri => {
            fixed("invalid tag", Some("add a space after the name of the function"))
        }
        ErrorKind::BomInsideDocument => fixed("unexpected byte order mark", Some("remove it")),
        _ => fixed("this text is not valid YAML", None),
    }
}

fn bracket(rest: &str) -> Message {
    let open = rest.chars().next().unwrap_or('[');
    let help = if open == '{' { "add the closing `}`" } else { "add the closing `]`" };
    (format!("this `{open}` is not closed, or a comma is missing after it"), Some(help))
}

fn first_character(rest: &str) -> Message {
    let first = rest.chars().next().unwrap_or('*');
    (format!("a value that begins with `{first}` must be quoted"), Some("enclose the value in quotes"))
}

/// Whether an error is in or after a quoted string, which can begin far above it.
pub(super) fn is_in_quotes(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnclosedQuotedScalar
            | ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::TabInIndentation
            | ErrorKind::DocumentIndicatorInQuotedScalar
            | ErrorKind::InvalidTrailingSingleQuotedScalar
            | ErrorKind::InvalidTrailingDoubleQuotedScalar
            | ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::InvalidUnicodeEscape
    )
}
