//! See `rules/restart-policy.md`.

use super::health_check_range::outside;
use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// The most exit codes that can be ignored.
const MOST_CODES: usize = 50;

/// Reports restart policies that ECS does not take.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        let Known(policy, _) = container.view.object("restartPolicy") else { continue };
        if let Some(finding) = outside(policy, "restartAttemptPeriod", (60, 1800), " seconds") {
            report.add(finding);
        }
        let codes = policy.list("ignoredExitCodes");
        let count = codes.iter().count();
        if count > MOST_CODES {
            let message =
                format!("{} ignores {count} exit codes, but it can ignore {MOST_CODES}", container.called());
            report.add(
                Finding::at(codes.place(), message).help("keep the codes that a restart would not mend"),
            );
        }
    }
}
