//! See `rules/log-group-create-denied.md`.

use super::prelude::*;
use super::support::denied;

/// Reports log drivers that create their log group with an execution role that lacks the permission.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(denied::findings(*project, project.log_group_permissions()));
}
