//! Completion: names in the task definition, references to resources, Fargate task sizes, enum values, missing keys, and the
//! arguments of Terraform blocks.

use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionTextEdit, Documentation, TextEdit,
};

use crate::inspect::Point;
use crate::inspect::fields;
use crate::inspect::tree::{self, Located};
use crate::lsp::run::Run;
use crate::lsp::settings::is_settings;
use crate::model::{Project, Shape};
use crate::source::Span;
use crate::syntax::hcl::{self, ExprKind, Part};
use crate::value::NodeKind;
use crate::view::UnknownReads;
use crate::workspace::Workspace;

mod arguments;
mod candidate;
mod closed;
mod comments;
mod keys;
mod local;
mod names;
mod references;
mod settings;
mod words;

use candidate::{Candidate, Form, Quotes};

/// Completion items at a position.
pub(super) fn complete(run: &Run, params: &CompletionParams) -> Option<Vec<CompletionItem>> {
    let point = run.point(&params.text_document_position)?;
    if is_settings(run, point.file) {
        return settings::complete(run, point);
    }
    if let Some(items) = comments::complete(run, point) {
        return Some(items);
    }
    let mut items = match closed::closed(run, point) {
        Some(run) => at(&run, point),
        None => at(run, point),
    }?;
    // A name that contains a credential is not offered.
    items.retain(|item| run.shown(&item.label) == item.label);
    for item in &mut items {
        if let Some(Documentation::String(text)) = &mut item.documentation {
            *text = run.shown(text);
        }
    }
    Some(items)
}

fn at(run: &Run, point: Point) -> Option<Vec<CompletionItem>> {
    local::complete(run, point)
        .or_else(|| written(run, point))
        .or_else(|| missing(run, point))
        .or_else(|| arguments::complete(run, point))
        .or_else(|| keys(run, point))
}

/// Completes a value that is already there, completely or in part. `None` if it can be the start of a key.
fn written(run: &Run, point: Point) -> Option<Vec<CompletionItem>> {
    let Written { range, candidates, quotes, is_item } = possible(run, point)?;
    (is_item || !candidates.is_empty()).then(|| {
        items(run, range, CompletionItemKind::VALUE, &candidates, |candidate| candidate.written(quotes))
    })
}

/// Whether a value can only be an item of a list. In YAML, it can be a key without its colon.
fn is_item(run: &Run, located: &Located, point: Point) -> bool {
    let is_in_list = located.ancestors.last().is_some_and(|node| node.as_object().is_none());
    is_in_list && !run.is_yaml(point.file)
}

/// The names and words that are possible in place of a wrong value, each with the text to write; none if it is one of them.
pub(super) fn replacements(run: &Run, wrong: Span) -> Option<(Span, Vec<(String, String)>)> {
    let point = Point { file: wrong.file, offset: wrong.start };
    let Written { range, candidates, quotes, .. } = possible(run, point)?;
    let now = run.sources.text(range);
    let is_wrong = candidates.iter().all(|candidate| candidate.text != now);
    let names = candidates.into_iter().filter(|candidate| candidate.form != Form::Reference);
    let shown = names.filter(|candidate| run.shown(&candidate.text) == candidate.text);
    let texts = shown.map(|candidate| (candidate.text.clone(), candidate.written(quotes)));
    is_wrong.then(|| (range, texts.collect()))
}

/// A value that is already there, with what is possible in its place.
struct Written {
    /// The bytes of the value, without its quotes.
    range: Span,
    candidates: Vec<Candidate>,
    quotes: Quotes,
    /// Whether it is an item of a list.
    is_item: bool,
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
    let quotes = if is_quoted { Quotes::There } else { Quotes::of(run, point.file) };
    let is_item = is_item(run, &located, point);
    let mut candidates = candidates(run, &located, point);
    candidates.retain(|candidate| !is_quoted || candidate.form != Form::Reference);
    (is_at_quote || point.touches(range)).then_some(Written { range, candidates, quotes, is_item })
}

/// Completes a missing value, or the first word of an expression: reads the file as if there were an empty string.
/// `None` if a key can be written there.
fn missing(run: &Run, point: Point) -> Option<Vec<CompletionItem>> {
    let source = run.sources.get(point.file);
    let (before, after) = source.text.split_at_checked(point.offset as usize)?;
    let in_word =
        |letter: char| run.is_hcl(point.file) && (letter.is_ascii_alphanumeric() || "_.".contains(letter));
    let (around, rest) = (before.trim_end_matches(in_word), after.trim_start_matches(in_word));
    if !around.trim_end_matches([' ', '\t']).ends_with([':', '=', '[', ',']) {
        return None;
    }
    let filled = [around, "\"\"", rest].concat().into();
    let word = Span::new(point.file, around.len(), source.text.len() - rest.len());
    let assumed = run.with(&source.path, &filled);
    let located = scalar(&assumed.reading.workspace, Point { offset: word.start + 1, ..point })?;
    let quotes = Quotes::of(run, point.file);
    let lacks_brackets = shape(&located).is_some_and(|shape| shape.item().is_some())
        && located.ancestors.last().is_some_and(|node| node.as_object().is_some());
    let text = |candidate: &Candidate| match candidate.written(quotes) {
        text if lacks_brackets => format!("[{text}]"),
        text => text,
    };
    let all = candidates(&assumed, &located, point);
    let is_decided = !all.is_empty() || is_item(run, &located, point);
    is_decided.then(|| items(run, word, CompletionItemKind::VALUE, &all, text))
}

/// Completes a key: after the opening bracket of an object, or after a comma.
fn keys(run: &Run, point: Point) -> Option<Vec<CompletionItem>> {
    let text = &*run.sources.get(point.file).text;
    let (before, after) = text.split_at_checked(point.offset as usize)?;
    let in_word = |letter: char| letter.is_ascii_alphanumeric() || "_-".contains(letter);
    let start = before.trim_end_matches(in_word).len();
    // A hyphen at the start is that of a list item in YAML.
    let start = start + before[start..].len() - before[start..].trim_start_matches('-').len();
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
    let text = |candidate: &Candidate| match candidate.text.as_str() {
        key if is_json || (is_yaml && quotes) => format!("\"{key}\": "),
        key if is_yaml => format!("{key}: "),
        key if quotes || key.contains('-') => format!("\"{key}\" = "),
        key => format!("{key} = "),
    };
    Some(items(run, word, CompletionItemKind::PROPERTY, &keys::missing(run, point, word)?, text))
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
fn candidates(run: &Run, located: &Located, point: Point) -> Vec<Candidate> {
    let reads = UnknownReads::default();
    let project = Project::new(&run.reading.workspace, &reads);
    let mut offered = names::candidates(project, located);
    // In a heredoc, references are written in another way.
    if !(run.is_hcl(point.file) && is_in_heredoc(run, point)) {
        offered.extend(references::candidates(project, located, run.is_yaml(point.file)));
    }
    if offered.is_empty() {
        offered = words::candidates(located);
    }
    if offered.is_empty() {
        offered = of_schema(located);
    }
    offered
}

/// The values that the schema lists.
fn of_schema(located: &Located) -> Vec<Candidate> {
    let Some(shape) = shape(located).map(fields::inside) else { return Vec::new() };
    let options = shape.options();
    // In Terraform, an argument with these options is a boolean.
    let switches = located.resource.is_declared() && options.contains(&"ENABLED");
    if switches || shape.kind() == Some("boolean") {
        return ["true", "false"]
            .map(|word| Candidate { form: Form::Bare, ..Candidate::new(word, "") })
            .into();
    }
    options.iter().map(|option| Candidate::new(*option, "")).collect()
}

fn shape(located: &Located) -> Option<Shape> {
    fields::shape(located.resource, &located.keys)
}

fn items(
    run: &Run,
    range: Span,
    kind: CompletionItemKind,
    candidates: &[Candidate],
    text: impl Fn(&Candidate) -> String,
) -> Vec<CompletionItem> {
    let item = |(index, candidate): (usize, &Candidate)| {
        let new_text = text(candidate);
        CompletionItem {
            label: candidate.text.clone(),
            kind: Some(kind),
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
