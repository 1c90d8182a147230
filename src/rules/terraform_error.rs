//! See `rules/terraform-error.md`.

use super::prelude::*;
use super::support::syntax_error;
use crate::syntax::SyntaxErrorKind;

/// Reports errors with which Terraform stops when it evaluates the configuration.
pub fn check(project: &Project, report: &mut Report) {
    let errors = project.rejections().filter(|error| error.kind != SyntaxErrorKind::Limit);
    report.extend(errors.map(syntax_error::finding));
}
