//! Go to definition, find references, and highlights.

use tower_lsp::ls_types::{
    DocumentHighlight, DocumentHighlightKind, Location, Position, Range, ReferenceParams,
    TextDocumentPositionParams,
};

use crate::lsp::names::Role;
use crate::lsp::run::Run;
use crate::lsp::{links, names};

/// The definition of the name at a point, or the file that is read there.
pub(super) fn definition(run: &Run, at: &TextDocumentPositionParams) -> Option<Vec<Location>> {
    let names = names::at(run, run.point(at)?);
    if names.is_empty() {
        let links = links::links(run, &at.text_document).unwrap_or_default();
        let here = links
            .into_iter()
            .find(|link| link.range.start <= at.position && at.position <= link.range.end)
            .and_then(|link| link.target);
        let top = Position::default();
        return Some(here.map(|file| Location::new(file, Range::new(top, top))).into_iter().collect());
    }
    Some(
        names
            .iter()
            .filter(|name| name.role == Role::Given)
            .filter_map(|name| run.location(name.place()))
            .collect(),
    )
}

/// The uses of the name at a point.
pub(super) fn references(run: &Run, params: &ReferenceParams) -> Option<Vec<Location>> {
    let names = names::at(run, run.point(&params.text_document_position)?);
    let asked = names.iter().filter(|name| params.context.include_declaration || name.role == Role::Used);
    Some(asked.filter_map(|name| run.location(name.place())).collect())
}

/// The places of the name at a point, in the same file.
pub(super) fn highlights(run: &Run, at: &TextDocumentPositionParams) -> Option<Vec<DocumentHighlight>> {
    let point = run.point(at)?;
    let names = names::at(run, point);
    let here = names.iter().filter(|name| name.place().file == point.file);
    let highlight = here.map(|name| DocumentHighlight {
        range: run.range(name.place()),
        kind: Some(match name.role {
            Role::Given => DocumentHighlightKind::WRITE,
            Role::Used => DocumentHighlightKind::READ,
        }),
    });
    Some(highlight.collect())
}
