//! Errors in files, as findings.

use super::prelude::*;
use crate::syntax::{SyntaxError, SyntaxErrorKind};

/// The finding that an error is: a warning where a strict reader reads on.
pub fn finding(error: &SyntaxError) -> Finding {
    let mut finding = Finding::at(error.span, error.message.clone());
    finding.labels.clone_from(&error.labels);
    finding.help.clone_from(&error.help);
    if error.is_superfluous {
        finding = finding.fix(Safety::Safe, "remove the comma", [Change::RemoveComma(error.span)]);
    }
    match error.kind {
        SyntaxErrorKind::Rejected | SyntaxErrorKind::Broken(_) => finding,
        SyntaxErrorKind::Ignored => finding.warning(),
    }
}
