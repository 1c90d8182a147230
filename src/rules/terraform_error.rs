//! See `rules/terraform-error.md`.

use super::prelude::*;
use crate::syntax::{SyntaxError, SyntaxErrorKind};

/// Reports what Terraform refuses when it evaluates the configuration.
pub fn check(project: &Project, report: &mut Report) {
    for problem in project.rejections() {
        report.add(finding(problem));
    }
}

fn finding(problem: &SyntaxError) -> Finding {
    let mut finding = Finding::at(problem.span, problem.message.clone());
    for label in &problem.labels {
        finding = finding.label(label.span, label.message.clone());
    }
    match problem.kind {
        SyntaxErrorKind::Rejected | SyntaxErrorKind::Broken(_) => finding,
        SyntaxErrorKind::Ignored => finding.warning(),
    }
}
