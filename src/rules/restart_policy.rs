//! See `rules/restart-policy.md`.

use super::prelude::*;
use super::support::limit::first_beyond;
use super::support::range::out_of_range;

/// The maximum number of ignored exit codes.
const MAX_CODES: usize = 50;

/// Reports invalid restart policies.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let Known(policy, _) = container.view.object("restartPolicy") else { continue };
        report.extend(out_of_range(policy.field("restartAttemptPeriod"), &(60..=1800), " seconds"));
        let codes = policy.list("ignoredExitCodes");
        let Some((_, count)) = first_beyond(codes.iter(), MAX_CODES) else { continue };
        let message =
            format!("{} can ignore at most {MAX_CODES} exit codes (got {count})", container.called());
        report.add(
            Finding::at(codes.place(), message).help("keep only the codes that a restart would not fix"),
        );
    }
}
