//! Findings in generated templates, at the source line of the construct that made the resource.

use crate::diagnostic::{Diagnostic, Label};
use crate::engine::Places;
use crate::resource::Resource;
use crate::workspace::Workspace;

/// Moves each finding about a resource of a generated template to the source line that made the resource. The place in the
/// template stays as a label.
pub(super) fn relocate(diagnostics: &mut [Diagnostic], workspace: &Workspace) {
    let made = || workspace.resources().filter(|resource| resource.origin.is_some());
    if diagnostics.is_empty() || made().next().is_none() {
        return;
    }
    let places = Places::of(made());
    for found in diagnostics {
        let about = places.about(found);
        let Some(origin) = about.first().and_then(|resource: &&Resource| resource.origin.as_ref()) else {
            continue;
        };
        let message = format!("in `{}`", origin.construct);
        match origin.at {
            Some(at) => {
                let place = std::mem::replace(&mut found.span, at);
                found.labels.insert(0, Label { span: place, message });
                // The template is generated again.
                found.fix = None;
            }
            None => found.labels.push(Label { span: about[0].header, message }),
        }
    }
}
