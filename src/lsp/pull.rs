//! Pull diagnostics (`textDocument/diagnostic` and `workspace/diagnostic`).

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;
use tower_lsp::ls_types::{
    Diagnostic, DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport, Uri, WorkspaceDiagnosticParams, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceUnchangedDocumentDiagnosticReport,
};

use crate::lsp::run::Run;
use crate::lsp::state;

/// The diagnostics of one file.
pub(super) fn document(run: &Run, params: &DocumentDiagnosticParams) -> DocumentDiagnosticReport {
    let found = state::path(&params.text_document.uri).and_then(|path| run.found().remove(&path));
    let report = report(found.map(|found| found.diagnostics).unwrap_or_default());
    if report.result_id == params.previous_result_id {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                result_id: report.result_id.unwrap_or_default(),
            },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: report,
        })
    }
}

/// The diagnostics of all files, including empty reports for files that had diagnostics before.
pub(super) fn workspace(
    run: &Run,
    params: WorkspaceDiagnosticParams,
) -> Vec<WorkspaceDocumentDiagnosticReport> {
    let known = params.previous_result_ids.into_iter();
    let mut known: HashMap<Uri, String> = known.map(|known| (known.uri, known.value)).collect();
    let mut reports: Vec<WorkspaceDocumentDiagnosticReport> = Vec::new();
    for found in run.found().into_values() {
        let version = found.version.map(i64::from);
        let previous = known.remove(&found.uri);
        reports.push(item(found.uri, version, report(found.diagnostics), previous.as_deref()));
    }
    reports.extend(
        known.into_iter().map(|(uri, previous)| item(uri, None, report(Vec::new()), Some(&previous))),
    );
    reports
}

fn item(
    uri: Uri,
    version: Option<i64>,
    report: FullDocumentDiagnosticReport,
    previous: Option<&str>,
) -> WorkspaceDocumentDiagnosticReport {
    if report.result_id.as_deref() == previous {
        WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
            uri,
            version,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                result_id: report.result_id.unwrap_or_default(),
            },
        })
    } else {
        WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
            uri,
            version,
            full_document_diagnostic_report: report,
        })
    }
}

/// A report whose result ID is derived from its content, so that it stays the same while nothing changes.
fn report(items: Vec<Diagnostic>) -> FullDocumentDiagnosticReport {
    let mut hasher = FxHasher::default();
    serde_json::to_string(&items).unwrap_or_default().hash(&mut hasher);
    FullDocumentDiagnosticReport { result_id: Some(format!("{:x}", hasher.finish())), items }
}
