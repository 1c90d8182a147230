//! See `rules/caller-permissions.md`.

use super::prelude::*;
use super::support::denied;

/// Reports roles that start tasks, but lack permission to run the task definition or to pass its roles.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(denied::findings(*project, project.caller_permissions()));
}
