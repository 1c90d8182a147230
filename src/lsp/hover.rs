//! Hover: the value and the key at a position, and the page of a finding's rule.

use tower_lsp::ls_types::{Hover, HoverContents, MarkupContent, MarkupKind, TextDocumentPositionParams};

use crate::inspect::describe;
use crate::lsp::run::Run;
use crate::rules;

/// The hover text at a position.
pub(super) fn hover(run: &Run, at: &TextDocumentPositionParams) -> Option<Hover> {
    let point = run.point(at)?;
    let (mut place, mut said) = describe(run.snapshot(), point);
    let findings = run.outcome.diagnostics.iter().filter(|found| point.touches(found.span));
    for found in findings {
        let page = rules::find(found.rule).map(rules::Rule::text).unwrap_or_default();
        place = place.or(Some(found.span));
        if !said.iter().any(|said| said == page) {
            said.push(page.to_owned());
        }
    }
    let range = place.map(|span| run.range(span));
    let value = said.join("\n\n---\n\n");
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    (!said.is_empty()).then_some(Hover { contents, range })
}
