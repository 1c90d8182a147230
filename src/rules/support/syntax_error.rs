//! Conversion of syntax errors into findings.

use super::prelude::*;
use crate::syntax::{SyntaxError, SyntaxErrorKind};

/// Converts a syntax error into a finding. The finding is a warning if a strict parser may accept the file.
pub fn finding(error: &SyntaxError) -> Finding {
    let mut finding = Finding::at(error.span, error.message.clone());
    finding.labels.clone_from(&error.labels);
    finding.help.clone_from(&error.help);
    if error.is_superfluous {
        finding = finding.fix(Safety::Safe, "remove the comma", [Change::RemoveComma(error.span)]);
    }
    match error.kind {
        SyntaxErrorKind::Rejected | SyntaxErrorKind::Broken(_) | SyntaxErrorKind::Outdated => finding,
        SyntaxErrorKind::Ignored | SyntaxErrorKind::InTemplate(_) | SyntaxErrorKind::Limit => {
            finding.warning()
        }
    }
}
