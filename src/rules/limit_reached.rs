//! See `rules/limit-reached.md`.

use super::prelude::*;
use super::support::syntax_error;

/// Reports the limits that were reached while files were read and evaluated.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.limits().map(syntax_error::finding));
}
