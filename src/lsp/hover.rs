//! Hover: the value and the key at a position, AWS's answer to what a finding is about, and what a named rule reports.

use tower_lsp::ls_types::{Hover, HoverContents, MarkupContent, MarkupKind, TextDocumentPositionParams};

use crate::engine::suppress::named_in_comments;
use crate::frontend::{self, LocalName};
use crate::inspect::{Point, describe};
use crate::lsp::run::Run;
use crate::lsp::settings::{Names, Role, is_settings, spots};
use crate::rules::{self, Category, Rule};
use crate::source::Span;

/// The hover text at a position.
pub(super) fn hover(run: &Run, at: &TextDocumentPositionParams) -> Option<Hover> {
    let point = run.point(at)?;
    let (mut place, mut said) = match about_names(run, point).or_else(|| about_local(run, point)) {
        Some((place, text)) => (Some(place), vec![text]),
        None => describe(run.snapshot(), point),
    };
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

/// Describes what a name of a template leads to.
fn about_local(run: &Run, point: Point) -> Option<(Span, String)> {
    let names = frontend::local_names(&run.sources, point.file);
    let here = names.iter().find(|name| point.touches(name.at))?;
    let is_declaration = |name: &&LocalName| {
        (name.namespace, &name.text) == (here.namespace, &here.text) && name.declared.is_some()
    };
    let declared = names.iter().find(is_declaration).and_then(|name| name.declared.as_deref());
    let what = declared.or(here.built_in)?;
    Some((here.at, run.shown(&format!("`{}`: {what}", here.text))))
}

/// Describes the setting, the rule, or the category that is named at a point of settings or of an ignore comment.
fn about_names(run: &Run, point: Point) -> Option<(Span, String)> {
    if !is_settings(run, point.file) {
        let mut named = named_in_comments(point.file, &run.sources).into_iter();
        let (name, at) = named.find(|(_, at)| point.touches(*at))?;
        return Some((at, about(rules::find(&name)?)));
    }
    let mut spots = spots(point.file, &run.sources.get(point.file).text).into_iter();
    let spot = spots.find(|spot| point.touches(spot.at))?;
    let text = match (spot.names(), &spot.role) {
        (Names::Others, Role::Key(_)) => format!("**{}**: {}", spot.text, spot.shape()?.description()?),
        (Names::Others, Role::Text) => return None,
        _ => match rules::find(&spot.text) {
            Some(rule) => format!("{}\n\n{}", rule.title, about(rule)),
            None => Category::parse(&spot.text)?.summary().to_owned(),
        },
    };
    Some((spot.at, text))
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
