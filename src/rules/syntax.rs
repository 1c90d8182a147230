//! See `rules/syntax.md`.

use super::prelude::*;
use super::support::syntax_error;
use crate::syntax::SyntaxErrorKind;

/// Reports the syntax errors that were found while the files were read.
pub fn check(project: &Project, report: &mut Report) {
    let errors = project.syntax_errors().filter(|error| error.kind != SyntaxErrorKind::Limit);
    report.extend(errors.map(syntax_error::finding));
}
