//! Completion: names in the task definition, Fargate task sizes, enum values, missing keys, and the arguments of
//! Terraform blocks.

use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionTextEdit, Documentation, TextEdit,
};

use crate::inspect::Point;
use crate::inspect::fields;
use crate::inspect::tree::{self, Located};
use crate::lsp::run::Run;
use crate::model::{Project, Shape};
use crate::source::Span;
use crate::syntax::hcl::{self, ExprKind, Part};
use crate::value::NodeKind;
use crate::view::UnknownReads;
use crate::workspace::Workspace;

mod arguments;
mod closed;
mod keys;
mod names;
mod words;

/// A completion candidate.
pub(super) struct Candidate {
    pub text: String,
    /// A one-line description.
    pub detail: String,
    /// Whether it is a number, which needs no quotes.
    pub is_number: bool,
}

impl Candidate {
    fn new(text: impl Into<String>, detail: impl Into<String>) -> Candidate {
        Candidate { text: text.into(), detail: detail.into(), is_number: false }
    }

    /// The text to write in place of a value, within its quotes or without them.
    fn written(&self, is_quoted: bool) -> String {
        if is_quoted || self.is_number { self.text.clone() } else { format!("\"{}\"", self.text) }
    }
}

/// Completion items at a position.
pub(super) fn complete(run: &Run, params: &CompletionParams) -> Option<Vec<CompletionItem>> {
    let point = run.point(&params.text_document_position)?;
    let mut items = match closed::closed(run, point) {
        Some(run) => at(&run, point),
        None => at(run, point),
    }?;
    // A name that contains a credential is not offered.
    items.retain(|item| run.shown(&item.label) == item.label);
    Some(items)
}

fn at(run: &Run, point: Point) -> Option<Vec<CompletionItem>> {
    // In YAML, a key without its colon is a value of its own.
    written(run, point)
        .filter(|items| !items.is_empty() || !run.is_yaml(point.file))
        .or_else(|| missing(run, point))
        .or_else(|| arguments::complete(run, point))
        .or_else(|| keys(run, point))
}

/// Completes a value that is already there, completely or in part.
fn written(run: &Run, point: Point) -> Option<Vec<CompletionItem>> {
    let Written { range, candidates, is_quoted } = possible(run, point)?;
    Some(items(run, range, &candidates, |candidate| candidate.written(is_quoted)))
}

/// The names and words that are possible in place of a wrong value, each with the text to write; none if it is one of them.
pub(super) fn replacements(run: &Run, wrong: Span) -> Option<(Span, Vec<(String, String)>)> {
    let point = Point { file: wrong.file, offset: wrong.start };
    let Written { range, candidates, is_quoted } = possible(run, point)?;
    let now = run.sources.text(range);
    let is_wrong = candidates.iter().all(|candidate| candidate.text != now);
    let shown = candidates.into_iter().filter(|candidate| run.shown(&candidate.text) == candidate.text);
    let texts = shown.map(|candidate| (candidate.text.clone(), candidate.written(is_quoted)));
    is_wrong.then(|| (range, texts.collect()))
}

/// A value that is already there, with what is possible in its place.
struct Written {
    /// The bytes of the value, without its quotes.
    range: Span,
    candidates: Vec<Candidate>,
    is_quoted: bool,
}

fn possible(run: &Run, point: Point) -> Option<Written> {
    let located = scalar(&run.reading.workspace, point)?;
    let text = run.sources.text(located.place);
    let is_quoted = text.starts_with('"');
    // Incomplete syntax, or an expression that another language server completes.
    if !is_quoted && matches!(located.node.kind, NodeKind::Unknown(_)) {
        return None;
    }
    let range = match (is_quoted, text.len() > 1 && text.ends_with('"')) {
        (true, true) => Span { start: located.place.start + 1, end: located.place.end - 1, ..located.place },
        // An unclosed string would include everything after it.
        (true, false) => Span { start: located.place.start + 1, end: point.offset, ..located.place },
        (false, _) => located.place,
    };
    let is_at_quote = is_quoted && point.offset == located.place.start;
    (is_at_quote || point.touches(range)).then(|| Written {
        range,
        candidates: candidates(&run.reading.workspace, &located),
        is_quoted,
    })
}

/// Completes a missing value: reads the file as if there were an empty string.
fn missing(run: &Run, point: Point) -> Option<Vec<CompletionItem>> {
    let source = run.sources.get(point.file);
    let (before, after) = source.text.split_at_checked(point.offset as usize)?;
    if !before.trim_end_matches([' ', '\t']).ends_with([':', '=', '[', ',']) {
        return None;
    }
    let filled = [before, "\"\"", after].concat().into();
    let run = run.with(&source.path, &filled);
    let located = scalar(&run.reading.workspace, Point { offset: point.offset + 1, ..point })?;
    let at = Span { is_secret: false, file: point.file, start: point.offset, end: point.offset };
    let all = candidates(&run.reading.workspace, &located);
    Some(items(&run, at, &all, |candidate| candidate.written(false)))
}

/// Completes a key: after the opening bracket of an object, or after a comma.
fn keys(run: &Run, point: Point) -> Option<Vec<CompletionItem>> {
    let text = &*run.sources.get(point.file).text;
    let (before, after) = text.split_at_checked(point.offset as usize)?;
    let in_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let start = before.trim_end_matches(in_word).len();
    let end = text.len() - after.trim_start_matches(in_word).len();
    let quotes = text[..start].ends_with('"');
    let (from, to) = match (quotes, text[end..].starts_with('"')) {
        (true, true) => (start - 1, end + 1),
        (true, false) => (start - 1, end),
        (false, _) => (start, end),
    };
    let is_yaml = run.is_yaml(point.file);
    let is_json = !is_yaml && (!run.is_hcl(point.file) || is_in_heredoc(run, point));
    let around = text[..from].trim_end_matches([' ', '\t']);
    let begins = around.trim_end().ends_with(['{', ','])
        || (!is_json && around.ends_with('\n'))
        || (is_yaml && around.ends_with('-'));
    if !begins || text[to..].trim_start().starts_with([':', '=']) {
        return None;
    }
    let word = Span::new(point.file, from, to);
    let offered =
        keys::missing(run, point, word)?.into_iter().map(|(key, detail)| Candidate::new(key, detail));
    let text = |candidate: &Candidate| match candidate.text.as_str() {
        key if quotes || is_json => format!("\"{key}\": "),
        key if is_yaml => format!("{key}: "),
        key => format!("{key} = "),
    };
    Some(items(run, word, &offered.collect::<Vec<_>>(), text))
}

/// Whether a position in a Terraform file is inside a heredoc.
fn is_in_heredoc(run: &Run, point: Point) -> bool {
    let mut is_in = false;
    hcl::parse(point.file, &run.sources.get(point.file).text).body.visit(&mut |expr| {
        if let ExprKind::Template(parts) = &expr.kind {
            is_in |= parts.iter().any(|part| matches!(part, Part::Literal(_, at) if point.touches(*at)));
        }
    });
    is_in
}

/// The innermost value at a position, unless it is a list or an object.
fn scalar(workspace: &Workspace, point: Point) -> Option<Located<'_>> {
    let spots = tree::at(workspace, point).into_iter();
    let located = spots.min_by_key(|located| located.place.range().len())?;
    let is_whole = matches!(located.node.kind, NodeKind::Array(_) | NodeKind::Object(_));
    (!is_whole && located.node.used.is_none()).then_some(located)
}

/// The candidates for a value.
fn candidates(workspace: &Workspace, located: &Located) -> Vec<Candidate> {
    let reads = UnknownReads::default();
    let names = names::candidates(Project::new(workspace, &reads), located);
    let words = if names.is_empty() { words::candidates(located) } else { names };
    if words.is_empty() {
        let options = fields::shape(located.resource, &located.keys).map(Shape::options).unwrap_or_default();
        // In Terraform, this argument is a boolean.
        let switches = located.resource.is_declared() && options.contains(&"ENABLED");
        let options = options.into_iter().filter(|_| !switches);
        options.map(|option| Candidate::new(option, "")).collect()
    } else {
        words
    }
}

fn items(
    run: &Run,
    range: Span,
    candidates: &[Candidate],
    text: impl Fn(&Candidate) -> String,
) -> Vec<CompletionItem> {
    let item = |(index, candidate): (usize, &Candidate)| {
        let new_text = text(candidate);
        CompletionItem {
            label: candidate.text.clone(),
            kind: Some(CompletionItemKind::VALUE),
            documentation: (!candidate.detail.is_empty())
                .then(|| Documentation::String(candidate.detail.clone())),
            // Keep the given order, in which sizes increase.
            sort_text: Some(format!("{index:03}")),
            filter_text: Some(new_text.clone()),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(run.range(range), new_text))),
            ..CompletionItem::default()
        }
    };
    candidates.iter().enumerate().map(item).collect()
}
