//! See `rules/cloudformation-error.md`.

use super::prelude::*;
use super::support::syntax_error;
use crate::model::Language;

/// Reports errors with which CloudFormation refuses a template.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.rejections(Language::CloudFormation).map(syntax_error::finding));
}
