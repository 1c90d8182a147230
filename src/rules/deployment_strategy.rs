//! See `rules/deployment-strategy.md`.

use super::prelude::*;

/// Reports deployment settings that do not match the deployment strategy.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let (Known(deployment, _), Known(strategy, at)) = (service.deployment(), service.strategy()) else {
            continue;
        };
        let [linear, canary] = deployment.fields(["linearConfiguration", "canaryConfiguration"]);
        for (owner, settings) in [("LINEAR", linear), ("CANARY", canary)] {
            let Known(_, place) = settings.object() else { continue };
            // The Terraform provider does not send it, which `terraform-ignored-argument` reports.
            if strategy != owner && !service.traits().adapts_requests {
                let message =
                    format!("`{settings}` is not supported with the `{strategy}` deployment strategy");
                report.add(
                    Finding::at(place, message)
                        .label(at, format!("the deployment strategy is `{strategy}`"))
                        .help(format!("remove `{settings}`, or use the `{owner}` strategy")),
                );
            }
        }
        report.extend(out_of_range(deployment, linear, canary));
        report.extend(missing(service, deployment, strategy, at));
        report.extend(early_success(deployment, strategy, at));
    }
}

/// Reports minutes and percentages that are out of range.
fn out_of_range(deployment: View, linear: Field, canary: Field) -> Vec<Finding> {
    let mut limits = vec![(deployment.field("bakeTimeInMinutes"), 0.0, 1440.0, " minutes")];
    if let Known(linear, _) = linear.object() {
        limits.push((linear.field("stepPercent"), 3.0, 100.0, "%"));
        limits.push((linear.field("stepBakeTimeInMinutes"), 0.0, 1440.0, " minutes"));
    }
    if let Known(canary, _) = canary.object() {
        limits.push((canary.field("canaryPercent"), 0.1, 100.0, "%"));
        limits.push((canary.field("canaryBakeTimeInMinutes"), 0.0, 1440.0, " minutes"));
    }
    limits.into_iter().filter_map(|(field, least, most, unit)| outside(field, least, most, unit)).collect()
}

fn outside(field: Field, least: f64, most: f64, unit: &str) -> Option<Finding> {
    let Known(written, place) = field.scalar() else { return None };
    let value: f64 = written.parse().ok()?;
    if !(least..=most).contains(&value) {
        let message = format!("`{field}` must be between {least} and {most}{unit} (got {written})");
        return Some(Finding::at(place, message));
    }
    let tenths = value * 10.0;
    let is_rough = (tenths - tenths.round()).abs() < 1e-6;
    let message = format!("`{field}` must be a multiple of 0.1 (got {written})");
    (!is_rough).then(|| Finding::at(place, message))
}

/// Reports a setting that the strategy requires and that is missing.
fn missing(service: Service, deployment: View, strategy: &str, at: Place) -> Option<Finding> {
    if strategy == "ROLLING" {
        return None;
    }
    if let Known(kind @ ("CODE_DEPLOY" | "EXTERNAL"), place) = service.controller() {
        let message = format!(
            "the `{strategy}` deployment strategy is not supported with the `{kind}` deployment controller"
        );
        return Some(
            Finding::at(at, message)
                .label(place, format!("the deployment controller is `{kind}`"))
                .help("use the `ECS` deployment controller, or remove the strategy"),
        );
    }
    let bake_time = deployment.field("bakeTimeInMinutes");
    if strategy == "BLUE_GREEN" && bake_time.is_missing() {
        return Some(
            Finding::at(at, format!("`{bake_time}` is required for the `{strategy}` deployment strategy"))
                .help(format!(
                    "set `{bake_time}` to the number of minutes that the old tasks keep running after the switch"
                )),
        );
    }
    let shifts = ["LINEAR", "CANARY"].contains(&strategy);
    let idle = service.is_unregistered() && service.view.is_missing("serviceConnectConfiguration");
    (shifts && idle).then(|| {
        Finding::at(
            at,
            format!(
                "the `{strategy}` strategy shifts traffic, but {} has no load balancer, gateway, or Service Connect",
                service.called()
            ),
        )
        .help("add a load balancer or Service Connect, or use the `ROLLING` strategy")
    })
}

/// Reports criteria for early success that are incomplete, or that the strategy does not have.
fn early_success(deployment: View, strategy: &str, at: Place) -> Vec<Finding> {
    let criteria = deployment.field("earlySuccessCriteria");
    let Known(early, place) = criteria.object() else { return Vec::new() };
    if early.bool("enable").known() != Some(true) {
        return Vec::new();
    }
    if strategy != "ROLLING" {
        let message = format!("`{criteria}` is not supported with the `{strategy}` deployment strategy");
        let finding = Finding::at(place, message)
            .label(at, format!("the deployment strategy is `{strategy}`"))
            .help(format!("remove `{criteria}`, or use the `ROLLING` strategy"));
        return vec![finding];
    }
    let [healthy, cleanup] = early.fields(["healthyPercent", "sourceServiceRevisionCleanup"]);
    let absent = [healthy, cleanup].into_iter().filter(|field| field.is_missing());
    let absent = absent.map(|field| {
        Finding::at(place, format!("`{field}` is required if `{criteria}` is enabled"))
            .help(format!("set `{field}`"))
    });
    absent.chain(fewer_than_minimum(deployment, healthy)).collect()
}

fn fewer_than_minimum(deployment: View, healthy: Field) -> Option<Finding> {
    let minimum = deployment.field("minimumHealthyPercent");
    let (Known(percent, place), Known(least, at)) = (healthy.int(), minimum.int()) else { return None };
    (percent < least).then(|| {
        Finding::at(place, format!("`{healthy}` of {percent} is less than `{minimum}` of {least}"))
            .label(at, format!("minimum {least}%"))
            .help(format!("raise `{healthy}` to at least {least}"))
    })
}
