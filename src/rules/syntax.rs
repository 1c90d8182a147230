//! See `rules/syntax.md`.

use super::prelude::*;
use super::support::syntax_error;

/// Reports the syntax errors that were found while the files were read.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.syntax_errors().map(syntax_error::finding));
}
