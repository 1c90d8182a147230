//! See `rules/syntax.md`.

use super::prelude::*;
use crate::syntax::{SyntaxError, SyntaxErrorKind};

/// Reports what was met while the files were read.
pub fn check(project: &Project, report: &mut Report) {
    for problem in project.syntax_errors() {
        report.add(finding(problem));
    }
}

fn finding(problem: &SyntaxError) -> Finding {
    let mut finding = Finding::at(problem.span, problem.message.clone());
    if let Some(help) = &problem.help {
        finding = finding.help(help.clone());
    }
    if problem.is_superfluous {
        finding = finding.fix(Safety::Safe, "remove the comma", [Change::RemoveComma(problem.span)]);
    }
    match problem.kind {
        SyntaxErrorKind::Rejected | SyntaxErrorKind::Broken(_) => finding,
        SyntaxErrorKind::Ignored => finding.warning(),
    }
}
