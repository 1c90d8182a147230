//! Converts findings to the protocol.

use tower_lsp::ls_types::{
    CodeDescription, Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, Location,
    NumberOrString, Uri,
};

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::lsp::state::State;
use crate::rules;
use crate::source::{FileId, Sources};

/// Converts the findings of one run to the protocol.
#[derive(Clone, Copy)]
pub(super) struct Converter<'r> {
    pub state: &'r State,
    pub sources: &'r Sources,
}

impl Converter<'_> {
    /// The URI of a file, as the client spells it.
    pub(super) fn uri(self, file: FileId) -> Option<Uri> {
        let path = &self.sources.get(file).path;
        match self.state.open.get(path) {
            Some(document) => Some(document.uri.clone()),
            None => Uri::from_file_path(path),
        }
    }

    /// Converts a finding.
    pub(super) fn diagnostic(self, found: &Diagnostic) -> Shown {
        let related: Vec<DiagnosticRelatedInformation> =
            found.labels.iter().filter_map(|label| self.related(label)).collect();
        let href = rules::find(found.rule).and_then(|rule| rule.url().parse().ok());
        let help = found.help.iter().map(|help| format!("\nhelp: {help}"));
        Shown {
            range: self.state.encoding.range(self.sources.get(found.span.file), found.span),
            severity: Some(match found.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
            }),
            code: Some(NumberOrString::String(found.rule.to_owned())),
            code_description: href.map(|href| CodeDescription { href }),
            source: Some("ecslint".to_owned()),
            message: std::iter::once(found.message.clone()).chain(help).collect(),
            related_information: (!related.is_empty()).then_some(related),
            ..Shown::default()
        }
    }

    fn related(self, label: &Label) -> Option<DiagnosticRelatedInformation> {
        let range = self.state.encoding.range(self.sources.get(label.span.file), label.span);
        let location = Location::new(self.uri(label.span.file)?, range);
        Some(DiagnosticRelatedInformation { location, message: label.message.clone() })
    }
}
