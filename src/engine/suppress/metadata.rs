//! Suppression by the metadata of a resource, for formats without comments.

use crate::diagnostic::Diagnostic;
use crate::engine::Places;
use crate::workspace::Workspace;

/// Removes the findings about resources whose metadata suppresses the rule.
pub(in crate::engine) fn apply(diagnostics: &mut Vec<Diagnostic>, workspace: &Workspace) {
    let ignoring = || workspace.resources().filter(|resource| !resource.ignored_rules.is_empty());
    if diagnostics.is_empty() || ignoring().next().is_none() {
        return;
    }
    let places = Places::of(ignoring());
    diagnostics.retain(|found| {
        let mut about = places.about(found).into_iter();
        !about.any(|resource| resource.ignored_rules.iter().any(|rule| rule == found.rule))
    });
}
