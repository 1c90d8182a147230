//! See `rules/role-permissions.md`.

use super::prelude::*;
use super::support::denied;

/// Reports roles that lack permissions which ECS, its agent, or a task needs.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(denied::findings(*project, project.role_permissions()));
}
