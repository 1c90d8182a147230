//! See `rules/deployment-deadlock.md`.

use super::prelude::*;

/// Reports deployments that can neither stop nor start a task.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.services().filter(|service| is_rolling(*service)).filter_map(deadlock));
}

fn is_rolling(service: Service) -> bool {
    let strategy = match service.deployment() {
        Known(deployment, _) => deployment.str("strategy"),
        _ => Missing,
    };
    let rolling = strategy.is_missing() || strategy.known() == Some("ROLLING");
    let replica = match service.view.str("schedulingStrategy") {
        Known(strategy, _) => strategy == "REPLICA",
        other => other.is_missing(),
    };
    rolling && replica && service.controller().known() == Some("ECS")
}

fn deadlock(service: Service) -> Option<Finding> {
    let deployment = service.deployment().known()?;
    let [low, high] = deployment.fields(["minimumHealthyPercent", "maximumPercent"]);
    let left_out = deployment.opening();
    let minimum = percent(low, Percent { value: 100, place: left_out })?;
    let maximum = percent(high, Percent { value: 200, place: left_out })?;
    if minimum.value == 100 && maximum.value == 100 {
        let message =
            format!("`{low}` and `{high}` are both 100, so a deployment can neither stop nor start a task");
        return Some(advised(Finding::at(maximum.place, message), minimum, low, high));
    }
    let Known(desired, desired_at) = service.view.int("desiredCount") else { return None };
    let stays = (desired * minimum.value + 99) / 100;
    let runs = desired * maximum.value / 100;
    if desired < 1 || stays < desired || runs > desired || service.ignores("desiredCount") {
        return None;
    }
    let message = format!(
        "a deployment can neither stop nor start a task: with a desired count of {desired}, at least {stays} ({}%) must keep running \
         and at most {runs} ({}%) can run",
        minimum.value, maximum.value
    );
    let finding = Finding::at(maximum.place, message).label(desired_at, format!("desired count {desired}"));
    Some(advised(finding, minimum, low, high))
}

fn advised(finding: Finding, minimum: Percent, low: Field, high: Field) -> Finding {
    finding
        .label(minimum.place, format!("minimum {}%", minimum.value))
        .help(format!("raise `{high}` to 200, or lower `{low}` so that one task can stop"))
}

/// A percentage, and the place where it is set or omitted.
#[derive(Clone, Copy)]
struct Percent {
    value: i64,
    place: Place,
}

fn percent(field: Field, default: Percent) -> Option<Percent> {
    match field.int() {
        Known(value, place) if value >= 0 => Some(Percent { value, place }),
        Missing => Some(default),
        _ => None,
    }
}
