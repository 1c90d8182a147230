//! See `rules/container-timeout.md`.

use super::prelude::*;

/// The minimum timeout, in seconds.
const MIN_SECONDS: i64 = 2;

/// The maximum timeout on Fargate, in seconds.
const FARGATE_MAX_SECONDS: i64 = 120;

/// Reports start and stop timeouts that are too long for Fargate or too short for ECS.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let timeouts = container.view.fields(["startTimeout", "stopTimeout"]);
        report.extend(timeouts.map(|timeout| out_of_range(container, timeout)));
    }
}

fn out_of_range(container: Container, timeout: Field) -> Option<Finding> {
    let Known(seconds, place) = timeout.int() else { return None };
    let finding = |message: String, near: i64| {
        let title = format!("set `{timeout}` to {near}");
        Finding::at(place, message).fix(Safety::Unsafe, title, timeout.set(near))
    };
    let Some(fargate) = container.task.requires("FARGATE").filter(|_| seconds > FARGATE_MAX_SECONDS) else {
        let message = format!("`{timeout}` must be at least {MIN_SECONDS} seconds (got {seconds})");
        return (seconds < MIN_SECONDS).then(|| finding(message, MIN_SECONDS).warning());
    };
    let message =
        format!("`{timeout}` must be at most {FARGATE_MAX_SECONDS} seconds on Fargate (got {seconds})");
    let finding = finding(message, FARGATE_MAX_SECONDS)
        .label(fargate, "the task definition requires compatibility with Fargate");
    // AWS was observed to reject only a stop timeout that is too long; the other limits are documented.
    Some(if timeout.key() == "stopTimeout" { finding } else { finding.warning() })
}
