//! Gives a container, volume, port or family another name, wherever it is used.

use tower_lsp::ls_types::{PrepareRenameResponse, RenameParams, TextDocumentPositionParams, WorkspaceEdit};

use crate::lsp::edits::workspace_edit;
use crate::lsp::names::{self, Kind, Name, Role};
use crate::lsp::run::Run;
use crate::source::Span;

/// Why a name cannot be changed.
pub(super) type RenameError = String;

/// The bytes of the name that a client points at, if it can be changed.
pub(super) fn prepare(
    run: &Run,
    at: &TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>, RenameError> {
    let Some(point) = run.point(at) else { return Ok(None) };
    let names = names::at(run, point);
    let Some(here) = names.iter().find(|name| point.touches(name.place())) else { return Ok(None) };
    let spans = names.iter().map(|name| letters(run, name)).collect::<Result<Vec<Span>, RenameError>>()?;
    let span = spans.into_iter().find(|span| point.touches(*span)).unwrap_or(here.at);
    let range = run.range(span);
    Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: here.text.to_string() }))
}

/// The edits that give a name another.
pub(super) fn rename(run: &Run, params: &RenameParams) -> Result<Option<WorkspaceEdit>, RenameError> {
    let Some(point) = run.point(&params.text_document_position) else { return Ok(None) };
    let names = names::at(run, point);
    let (Some(first), new) = (names.first(), params.new_name.as_str()) else { return Ok(None) };
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    if new.is_empty() || new.len() > 255 || !new.chars().all(allowed) {
        return Err("ECS takes up to 255 letters, digits, hyphens and underscores for a name".to_owned());
    }
    let is_taken = |other: &Name| {
        let same_task = names.iter().any(|name| name.task == other.task);
        other.role == Role::Given
            && other.kind == first.kind
            && same_task
            && other.text == new
            && first.text != new
    };
    if first.kind != Kind::Family && names::all(run).iter().any(is_taken) {
        return Err(format!("the task definition has another `{new}` already"));
    }
    let mut spans =
        names.iter().map(|name| letters(run, name)).collect::<Result<Vec<Span>, RenameError>>()?;
    spans.sort();
    spans.dedup();
    Ok(workspace_edit(run, spans.into_iter().map(|span| (span, new))))
}

/// The bytes of a name within what is written, if changing them changes nothing else.
fn letters(run: &Run, name: &Name) -> Result<Span, RenameError> {
    if name.kind == Kind::Number {
        return Err("the number of a port is no name".to_owned());
    }
    let place = || {
        let source = run.sources.get(name.at.file);
        format!("{}:{}", run.sources.name(name.at.file), source.position(name.at.start).line)
    };
    if name.used.is_some() {
        return Err(format!("the name is written in {}, which others may use: change it there", place()));
    }
    let written = run.sources.text(name.at);
    let quotes = usize::from(written.starts_with(['"', '\'']));
    let inside = written.trim_matches(['"', '\'']);
    // Behind a family stands its revision, before it the rest of an ARN; behind a linked container its alias.
    let before = inside.find(":task-definition/").map_or(0, |at| at + ":task-definition/".len());
    let is_name = inside[before..].strip_prefix(name.text.as_str());
    if is_name.is_some_and(|rest| rest.is_empty() || rest.starts_with(':')) {
        let start = name.at.start as usize + quotes + before;
        Ok(Span::new(name.at.file, start, start + name.text.len()))
    } else {
        Err(format!("the name is put together of parts in {}", place()))
    }
}
