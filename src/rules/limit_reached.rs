//! See `rules/limit-reached.md`.

use super::prelude::*;
use super::support::syntax_error;
use crate::syntax::SyntaxErrorKind;

/// Reports the limits that were reached while files were read and evaluated.
pub fn check(project: &Project, report: &mut Report) {
    let errors = project.syntax_errors().chain(project.rejections());
    let limits = errors.filter(|error| error.kind == SyntaxErrorKind::Limit);
    report.extend(limits.map(syntax_error::finding));
}
