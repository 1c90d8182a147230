//! Hover: the value and the key at a position, and AWS's answer to what a finding is about.

use tower_lsp::ls_types::{Hover, HoverContents, MarkupContent, MarkupKind, TextDocumentPositionParams};

use crate::inspect::describe;
use crate::lsp::run::Run;
use crate::rules::{self, Rule};

/// The hover text at a position.
pub(super) fn hover(run: &Run, at: &TextDocumentPositionParams) -> Option<Hover> {
    let point = run.point(at)?;
    let (mut place, mut said) = describe(run.snapshot(), point);
    let findings = run.outcome.diagnostics.iter().filter(|found| point.touches(found.span));
    for found in findings {
        place = place.or(Some(found.span));
        let about = rules::find(found.rule).map(about);
        said.extend(about.filter(|about| !said.contains(about)));
    }
    let range = place.map(|span| run.range(span));
    let value = said.join("\n\n---\n\n");
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    (!said.is_empty()).then_some(Hover { contents, range })
}

/// What AWS answers, or why it is a problem, and a link to the page of the rule. The editor shows the message of the finding itself.
fn about(rule: &Rule) -> String {
    let why = match rule.answer() {
        Some(answer) => format!("> {answer}"),
        None => match rule.summary().split_once(". ") {
            Some((first, _)) => format!("{first}."),
            None => rule.summary(),
        },
    };
    format!("{why}\n\n[{}]({})", rule.name, rule.url())
}
