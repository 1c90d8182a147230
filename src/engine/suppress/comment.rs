//! `# ecslint: ignore[rule, rule] reason` in Terraform and YAML: on the same line as the finding, on the line above
//! or, as `ignore-file`, anywhere in the file. It applies to the whole argument, item, or block that begins on the
//! line. `# ecslint: ignore[rule] until 2027-01-31 reason` applies until the end of that day.

use std::ops::Range;

use smol_str::SmolStr;

use crate::config::Date;
use crate::frontend::{self, CommentSyntax};
use crate::source::{FileId, Sources, Span, line_start};
use crate::syntax::hcl;

/// An ignore comment.
#[derive(Debug)]
pub(super) struct Comment {
    /// The whole comment.
    pub at: Span,
    /// The bytes to delete with it: the whitespace before it, or the whole line.
    pub deletion: Span,
    /// The rules, with their places.
    pub rules: Vec<(SmolStr, Span)>,
    /// What it applies to; `None` if nothing follows it.
    pub about: Option<Span>,
    /// What follows `until`: the last day on which it applies, or `None` for a text that is not a date.
    pub until: Option<(Option<Date>, Span)>,
    /// Whether it says why.
    pub has_reason: bool,
}

/// Maximum number of comments in a file, and of rules in a comment, that are used.
pub(super) const MAX_COMMENTS: usize = 1_000;

impl Comment {
    /// The place of a rule's name in it.
    pub(super) fn names(&self, rule: &str) -> Option<Span> {
        self.rules.iter().find(|(known, _)| known == rule).map(|(_, at)| *at)
    }

    /// The place of the last day on which it applied, if that day is over.
    pub(super) fn expired(&self, today: Date) -> Option<Span> {
        self.until.filter(|(last, _)| last.is_some_and(|last| last < today)).map(|(_, at)| at)
    }
}

/// Returns the ignore comments of a file.
pub(super) fn all(file: FileId, sources: &Sources) -> Vec<Comment> {
    let source = sources.get(file);
    let syntax = frontend::comments(&source.path);
    syntax.map_or_else(Vec::new, |syntax| in_text(file, &source.text, syntax))
}

/// Returns the ignore comments of a text; one more than [`MAX_COMMENTS`] if there are more.
pub(super) fn in_text(file: FileId, text: &str, syntax: &dyn CommentSyntax) -> Vec<Comment> {
    if !text.contains("ecslint:") {
        return Vec::new();
    }
    let comments = syntax.comments(text).into_iter();
    comments.filter_map(|range| comment(file, text, range, syntax)).take(MAX_COMMENTS + 1).collect()
}

fn comment(file: FileId, text: &str, range: Range<usize>, syntax: &dyn CommentSyntax) -> Option<Comment> {
    let written = text[range.clone()].trim_end();
    let said =
        written.trim_start_matches(['#', '/', '*']).trim_start().strip_prefix("ecslint:")?.trim_start();
    let (whole_file, rest) = match said.strip_prefix("ignore-file") {
        Some(rest) => (true, rest),
        None => (false, said.strip_prefix("ignore").unwrap_or(said)),
    };
    let (listed, reason) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).unwrap_or(("", rest));
    let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let names = listed.split(',').map(str::trim).filter(|name| !name.is_empty());
    let rules =
        names.map(|name| (SmolStr::from(name), Span::new(file, offset(name), offset(name) + name.len())));
    let until = until(reason);
    let about = if whole_file { Some(0..text.len()) } else { about(text, &range, syntax) };
    Some(Comment {
        at: Span::new(file, range.start, range.start + written.len()),
        deletion: deletion(file, text, &range),
        rules: rules.take(MAX_COMMENTS).collect(),
        about: about.map(|about| Span::new(file, about.start, about.end)),
        until: until
            .map(|word| (Date::parse(word), Span::new(file, offset(word), offset(word) + word.len()))),
        has_reason: until
            .map_or(reason, |word| &reason[offset(word) - offset(reason) + word.len()..])
            .contains(char::is_alphanumeric),
    })
}

/// The word after `until` at the start of a reason, if it begins with a digit, as only a date does.
fn until(reason: &str) -> Option<&str> {
    let word = reason.trim_start().strip_prefix("until ")?.split_whitespace().next()?;
    let word = word.trim_end_matches([':', ',', ';', '.', '*', '/']);
    word.starts_with(|c: char| c.is_ascii_digit()).then_some(word)
}

/// What begins on the comment's line or, if the comment is alone on its line, on the next line that is not blank or a
/// comment.
fn about(text: &str, comment: &Range<usize>, syntax: &dyn CommentSyntax) -> Option<Range<usize>> {
    let line = line_start(text, comment.start);
    let before = &text[line..comment.start];
    let start = if !before.trim().is_empty() {
        line + (before.len() - before.trim_start().len())
    } else {
        hcl::skip_space(text, comment.end)
    };
    (start < text.len()).then(|| start..syntax.extent(text, start))
}

fn deletion(file: FileId, text: &str, comment: &Range<usize>) -> Span {
    let line = line_start(text, comment.start);
    let before = &text[line..comment.start];
    let is_alone = before.trim().is_empty()
        && text[comment.end..].trim_start_matches([' ', '\t', '\r']).starts_with('\n');
    if is_alone {
        let end = text[comment.end..].find('\n').map_or(text.len(), |at| comment.end + at + 1);
        Span::new(file, line, end)
    } else {
        let written = text[comment.clone()].trim_end().len();
        Span::new(file, line + before.trim_end().len(), comment.start + written)
    }
}
