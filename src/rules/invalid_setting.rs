//! See `rules/invalid-setting.md`.

use super::prelude::*;
use super::support::syntax_error;

/// Reports errors in `ecslint.toml`.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.config_errors().map(syntax_error::finding));
}
