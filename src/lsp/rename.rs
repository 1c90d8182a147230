//! Renames a container, volume, port, or family, and a name of a template, everywhere it is used.

use tower_lsp::ls_types::{PrepareRenameResponse, RenameParams, TextDocumentPositionParams, WorkspaceEdit};

use crate::lsp::edits::workspace_edit;
use crate::lsp::names::{self, Kind, Name, Role};
use crate::lsp::run::Run;
use crate::source::Span;

/// Why a name cannot be changed.
pub(super) type RenameError = String;

/// The range of the name at a position, if it can be renamed.
pub(super) fn prepare(
    run: &Run,
    at: &TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>, RenameError> {
    let Some(point) = run.point(at) else { return Ok(None) };
    let names = names::at(run, point);
    let Some(here) = names.iter().find(|name| point.touches(name.place())) else { return Ok(None) };
    declared(&names)?;
    let spans = names.iter().map(|name| letters(run, name)).collect::<Result<Vec<Span>, RenameError>>()?;
    let span = spans.into_iter().find(|span| point.touches(*span)).unwrap_or(here.at);
    let range = run.range(span);
    Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: here.text.to_string() }))
}

/// The edits that rename a name.
pub(super) fn rename(run: &Run, params: &RenameParams) -> Result<Option<WorkspaceEdit>, RenameError> {
    let Some(point) = run.point(&params.text_document_position) else { return Ok(None) };
    let names = names::at(run, point);
    let (Some(first), new) = (names.first(), params.new_name.as_str()) else { return Ok(None) };
    declared(&names)?;
    let is_local = matches!(first.kind, Kind::Local(_));
    if is_local && (new.is_empty() || !new.chars().all(|letter| letter.is_ascii_alphanumeric())) {
        return Err("a name in a template must consist of letters and digits".to_owned());
    }
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    if new.is_empty() || new.len() > 255 || !new.chars().all(allowed) {
        return Err("a name must have 1 to 255 letters, digits, hyphens, and underscores".to_owned());
    }
    let is_taken = |other: &Name| {
        let same_task = names.iter().any(|name| name.task == other.task);
        other.role == Role::Given
            && other.kind == first.kind
            && same_task
            && other.text == new
            && first.text != new
    };
    if first.kind != Kind::Family && names::all(run, point.file).iter().any(is_taken) {
        let place = if is_local { "template" } else { "task definition" };
        return Err(format!("`{new}` already exists in the {place}"));
    }
    let mut spans =
        names.iter().map(|name| letters(run, name)).collect::<Result<Vec<Span>, RenameError>>()?;
    spans.sort();
    spans.dedup();
    Ok(workspace_edit(run, spans.into_iter().map(|span| (span, new))))
}

/// Refuses a name that a file uses and does not declare, such as a pseudo parameter of CloudFormation.
fn declared(names: &[Name]) -> Result<(), RenameError> {
    let mut local = names.iter().filter(|name| matches!(name.kind, Kind::Local(_))).peekable();
    let Some(first) = local.peek().map(|name| name.text.clone()) else { return Ok(()) };
    if local.any(|name| name.role == Role::Given) {
        return Ok(());
    }
    Err(format!("`{first}` is not declared in this file"))
}

/// The bytes of a name within its text, if changing them changes nothing else.
fn letters(run: &Run, name: &Name) -> Result<Span, RenameError> {
    if name.kind == Kind::Number {
        return Err("a port number cannot be renamed".to_owned());
    }
    let place = || {
        let source = run.sources.get(name.at.file);
        run.shown(&format!("{}:{}", run.sources.name(name.at.file), source.position(name.at.start).line))
    };
    if name.used.is_some() {
        return Err(format!(
            "the name is defined in {}, where it may have other uses; change it there",
            place()
        ));
    }
    let written = run.sources.text(name.at);
    let quotes = usize::from(written.starts_with(['"', '\'']));
    let inside = written.trim_matches(['"', '\'']);
    // A family may have a revision after it and an ARN before it; a linked container may have an alias after it.
    let before = inside.find(":task-definition/").map_or(0, |at| at + ":task-definition/".len());
    let is_name = inside[before..].strip_prefix(name.text.as_str());
    if is_name.is_some_and(|rest| rest.is_empty() || rest.starts_with(':')) {
        let start = name.at.start as usize + quotes + before;
        Ok(Span::new(name.at.file, start, start + name.text.len()))
    } else {
        Err(format!("the name is computed from several parts in {}", place()))
    }
}
