//! See `rules/restart-policy.md`.

use super::prelude::*;
use super::support::limit::first_beyond;
use super::support::range::out_of_range;

/// The most exit codes that can be ignored.
const MAX_CODES: usize = 50;

/// Reports restart policies that ECS does not take.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let Known(policy, _) = container.view.object("restartPolicy") else { continue };
        report.extend(out_of_range(policy.field("restartAttemptPeriod"), &(60..=1800), " seconds"));
        let codes = policy.list("ignoredExitCodes");
        let Some((_, count)) = first_beyond(codes.iter(), MAX_CODES) else { continue };
        let message =
            format!("{} ignores {count} exit codes, but it can ignore {MAX_CODES}", container.called());
        report.add(Finding::at(codes.place(), message).help("keep the codes that a restart would not mend"));
    }
}
