//! See `rules/invalid-setting.md`.

use super::prelude::*;
use crate::syntax::SyntaxErrorKind;

/// Reports what is wrong with settings.
pub fn check(project: &Project, report: &mut Report) {
    for problem in project.config_errors() {
        let mut finding = Finding::at(problem.span, problem.message.clone());
        if let Some(help) = &problem.help {
            finding = finding.help(help.clone());
        }
        report.add(match problem.kind {
            SyntaxErrorKind::Rejected | SyntaxErrorKind::Broken(_) => finding,
            SyntaxErrorKind::Ignored => finding.warning(),
        });
    }
}
