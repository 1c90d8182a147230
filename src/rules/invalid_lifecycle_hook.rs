//! See `rules/invalid-lifecycle-hook.md`.

use super::prelude::*;
use super::support::range::outside;
use super::support::suggest;
use crate::suggest::{join_and, nearest};

/// The stages of a deployment that a hook can run at.
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

/// The longest that a hook may wait: 14 days, in minutes.
const MAX_TIMEOUT: i64 = 20160;

/// Reports hooks of an unknown target or stage, and those that wait for too long.
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
            Finding::at(hook.place(), format!("the hook has no `{function}`, the function that it calls"))
                .help(format!("set `{function}` to the ARN of a Lambda function"))
        }),
        Known(other, place) => Some(
            Finding::at(place, format!("there is no target type `{other}`"))
                .help("it is `AWS_LAMBDA` or `PAUSE`"),
        ),
    }
}

fn wrong_timeout(hook: View) -> Option<Finding> {
    let Known(timeout, _) = hook.object("timeoutConfiguration") else { return None };
    let (minutes, place) = outside(timeout.field("timeoutInMinutes"), &(1..=MAX_TIMEOUT))?;
    Some(
        Finding::at(place, format!("a hook cannot wait for {minutes} minutes"))
            .help(format!("it is 1 to {MAX_TIMEOUT}")),
    )
}

fn wrong_stage(hook: View, stage: View) -> Option<Finding> {
    let name = stage.node.as_str()?;
    if !STAGES.contains(&name) {
        let finding = Finding::at(stage.place(), format!("there is no stage `{name}` of a deployment"));
        return Some(match nearest(name, STAGES.iter().copied()) {
            Some(near) => suggest::hint(finding, near),
            None => finding.help(format!("the stages are {}", join_and(STAGES.iter().copied()))),
        });
    }
    let Known("PAUSE", at) = hook.str("targetType") else { return None };
    ["TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"].contains(&name).then(|| {
        Finding::at(stage.place(), format!("a deployment cannot pause at `{name}`"))
            .label(at, "the hook pauses")
            .help(format!("pause before it, or after it at `POST_{name}`"))
    })
}
