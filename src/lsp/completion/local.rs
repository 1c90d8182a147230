//! Completes names that the file declares: parameters, resources, conditions, and maps of a template.

use std::sync::Arc;

use tower_lsp::ls_types::{CompletionItem, CompletionItemKind};

use crate::frontend::{self, LocalName};
use crate::inspect::Point;
use crate::lsp::completion::candidate::Candidate;
use crate::lsp::completion::items;
use crate::lsp::run::Run;
use crate::source::Span;

/// The names that can be written at a point; `None` if none is used there.
pub(super) fn complete(run: &Run, point: Point) -> Option<Vec<CompletionItem>> {
    let names = frontend::local_names(&run.sources, point.file);
    if let Some(used) = used_at(&names, point) {
        return Some(offered(run, &names, used.namespace, used.at));
    }
    // Nothing is written yet: as if there were a name.
    let source = run.sources.get(point.file);
    let (before, after) = source.text.split_at_checked(point.offset as usize)?;
    if !before.ends_with([' ', '{', '"', '\'', '[']) || names.is_empty() {
        return None;
    }
    let filled: Arc<str> = [before, "X", after].concat().into();
    let assumed = run.sources.with_texts(|path| (path == source.path).then(|| Arc::clone(&filled)));
    let with_name = frontend::local_names(&assumed, point.file);
    let namespace = used_at(&with_name, point).filter(|used| used.text == "X")?.namespace;
    let at = point.offset as usize;
    Some(offered(run, &names, namespace, Span::new(point.file, at, at)))
}

fn used_at(names: &[LocalName], point: Point) -> Option<&LocalName> {
    names.iter().find(|name| name.declared.is_none() && point.touches(name.at))
}

fn offered(run: &Run, names: &[LocalName], namespace: &str, range: Span) -> Vec<CompletionItem> {
    let declared = names.iter().filter(|name| name.namespace == namespace);
    let candidate = |name: &LocalName| Some(Candidate::new(name.text.clone(), name.declared.clone()?));
    let candidates: Vec<Candidate> = declared.filter_map(candidate).collect();
    items(run, range, CompletionItemKind::REFERENCE, &candidates, |candidate| candidate.text.clone())
}
