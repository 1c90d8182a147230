//! Suppression by the metadata of a resource or its template, for formats without comments.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use crate::diagnostic::Diagnostic;
use crate::engine::Places;
use crate::source::Span;
use crate::workspace::Workspace;

/// Removes the findings about resources whose metadata suppresses the rule. Returns the names that suppressed one.
pub(in crate::engine) fn apply(diagnostics: &mut Vec<Diagnostic>, workspace: &Workspace) -> Vec<Span> {
    let ignoring = || workspace.resources().filter(|resource| !resource.ignored_rules.is_empty());
    let mut used = Vec::new();
    if diagnostics.is_empty() || ignoring().next().is_none() {
        return used;
    }
    let places = Places::of(ignoring());
    diagnostics.retain(|found| {
        let about = places.about(found);
        let all = about.iter().flat_map(|resource| &resource.ignored_rules);
        let names: Vec<_> = all.filter(|ignored| ignored.rule == found.rule).collect();
        used.extend(names.iter().filter_map(|ignored| ignored.at));
        names.is_empty()
    });
    used
}

/// The names of rules in metadata.
pub(super) fn names(workspace: &Workspace) -> Vec<(SmolStr, Span)> {
    let all = workspace.resources().flat_map(|resource| &resource.ignored_rules);
    let named: BTreeSet<(Span, &SmolStr)> =
        all.filter_map(|ignored| Some((ignored.at?, &ignored.rule))).collect();
    named.into_iter().map(|(at, rule)| (rule.clone(), at)).collect()
}
