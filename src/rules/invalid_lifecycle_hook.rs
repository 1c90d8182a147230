//! See `rules/invalid-lifecycle-hook.md`.

use super::prelude::*;
use super::support::range::outside;
use super::support::suggest;
use crate::suggest::{join_or, nearest};

/// The stages of a deployment at which a hook can run.
const STAGES: &[&str] = &[
    "RECONCILE_SERVICE",
    "PRE_SCALE_UP",
    "POST_SCALE_UP",
    "TEST_TRAFFIC_SHIFT",
    "POST_TEST_TRAFFIC_SHIFT",
    "PRE_PRODUCTION_TRAFFIC_SHIFT",
    "PRODUCTION_TRAFFIC_SHIFT",
    "POST_PRODUCTION_TRAFFIC_SHIFT",
];

/// The maximum timeout of a hook in minutes: 14 days.
const MAX_TIMEOUT: i64 = 20160;

/// Reports hooks with an unknown target type, an unknown stage, or a timeout out of range.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(deployment, _) = service.deployment() else { continue };
        for hook in deployment.list("lifecycleHooks").objects() {
            report.extend([wrong_target(hook), wrong_timeout(hook)]);
            let stages = hook.list("lifecycleStages").iter();
            report.extend(stages.filter_map(|stage| wrong_stage(hook, stage)));
        }
    }
}

fn wrong_target(hook: View) -> Option<Finding> {
    let function = hook.field("hookTargetArn");
    match hook.str("targetType") {
        Known("PAUSE", _) | Unknown(_) => None,
        Known("AWS_LAMBDA", _) | Missing => function.is_missing().then(|| {
            Finding::at(
                hook.place(),
                format!("`{function}` is required for a hook that calls a Lambda function"),
            )
            .help(format!("set `{function}` to the ARN of a Lambda function"))
        }),
        Known(other, place) => {
            let message = format!("invalid target type `{other}`: expected `AWS_LAMBDA` or `PAUSE`");
            Some(Finding::at(place, message))
        }
    }
}

fn wrong_timeout(hook: View) -> Option<Finding> {
    let Known(timeout, _) = hook.object("timeoutConfiguration") else { return None };
    let field = timeout.field("timeoutInMinutes");
    let (minutes, place) = outside(field, &(1..=MAX_TIMEOUT))?;
    let message = format!("`{field}` must be between 1 and {MAX_TIMEOUT} minutes (got {minutes})");
    Some(Finding::at(place, message))
}

fn wrong_stage(hook: View, stage: View) -> Option<Finding> {
    let name = stage.node.as_str()?;
    if !STAGES.contains(&name) {
        let finding = Finding::at(stage.place(), format!("unknown deployment lifecycle stage `{name}`"));
        return Some(match nearest(name, STAGES.iter().copied()) {
            Some(near) => suggest::hint(finding, near),
            None => finding.help(format!("use {}", join_or(STAGES.iter().copied()))),
        });
    }
    let Known("PAUSE", at) = hook.str("targetType") else { return None };
    ["TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"].contains(&name).then(|| {
        Finding::at(stage.place(), format!("a `PAUSE` hook cannot run at stage `{name}`"))
            .label(at, "the target type is `PAUSE`")
            .help(format!("use an earlier stage, or `POST_{name}`"))
    })
}
