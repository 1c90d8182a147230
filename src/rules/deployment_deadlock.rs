//! See `rules/deployment-deadlock.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Service;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{self, Known};
use crate::value::View;

/// Reports deployments that may neither stop a task nor start one.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| is_rolling(*service)) {
        if let Some(finding) = deadlock(service) {
            report.add(finding);
        }
    }
}

fn is_rolling(service: Service) -> bool {
    let strategy = match service.view.object("deploymentConfiguration") {
        Known(deployment, _) => deployment.str("strategy"),
        _ => Value::Missing,
    };
    let rolling = strategy.is_missing() || strategy.known() == Some("ROLLING");
    let replica = match service.view.str("schedulingStrategy") {
        Known(strategy, _) => strategy == "REPLICA",
        other => other.is_missing(),
    };
    rolling && replica && service.controller().known() == Some("ECS")
}

fn deadlock(service: Service) -> Option<Finding> {
    let deployment = service.view.object("deploymentConfiguration").known()?;
    let (minimum, maximum) =
        (percent(deployment, "minimumHealthyPercent", 100)?, percent(deployment, "maximumPercent", 200)?);
    let term = |key| deployment.term(key);
    let (low, high) = (term("minimumHealthyPercent"), term("maximumPercent"));
    if minimum.value == 100 && maximum.value == 100 {
        let message = format!(
            "`{low}` and `{high}` are both 100, so a deployment can neither stop a task nor start one"
        );
        return Some(advised(Finding::at(maximum.place, message), minimum, &high));
    }
    let Known(desired, desired_at) = service.view.int("desiredCount") else { return None };
    let stays = (desired * minimum.value + 99) / 100;
    let runs = desired * maximum.value / 100;
    if desired < 1 || stays < desired || runs > desired || service.ignores("desired_count") {
        return None;
    }
    let message = format!(
        "a deployment can neither stop a task nor start one: of {desired}, {} % = {stays} must stay, and {} % = {runs} may run",
        minimum.value, maximum.value
    );
    let finding = Finding::at(maximum.place, message).label(desired_at, format!("{desired} wanted"));
    Some(advised(finding, minimum, &high))
}

fn advised(finding: Finding, minimum: Percent, high: &str) -> Finding {
    finding
        .label(minimum.place, format!("{} % must stay", minimum.value))
        .help(format!("raise `{high}` to 200, or lower the minimum so that one task may stop"))
}

/// A percentage, and where it is written or left out.
#[derive(Clone, Copy)]
struct Percent {
    value: i64,
    place: Place,
}

fn percent(deployment: View, key: &str, default: i64) -> Option<Percent> {
    match deployment.int(key) {
        Known(value, place) if value >= 0 => Some(Percent { value, place }),
        Value::Missing => Some(Percent { value: default, place: deployment.heading("") }),
        _ => None,
    }
}
