//! See `rules/terraform-error.md`.

use super::prelude::*;
use super::support::syntax_error;
use crate::model::Language;

/// Reports errors with which Terraform stops when it evaluates the configuration.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.rejections(Language::Terraform).map(syntax_error::finding));
}
