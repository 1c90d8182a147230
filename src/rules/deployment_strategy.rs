//! See `rules/deployment-strategy.md`.

use super::prelude::*;

/// Reports settings of a deployment that do not fit its strategy.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let (Known(deployment, _), Known(strategy, at)) = (service.deployment(), service.strategy()) else {
            continue;
        };
        let [linear, canary] = deployment.fields(["linearConfiguration", "canaryConfiguration"]);
        for (owner, settings) in [("LINEAR", linear), ("CANARY", canary)] {
            let Known(_, place) = settings.object() else { continue };
            // Terraform's provider leaves it out, which is for `terraform-ignored-argument` to say.
            if strategy != owner && !service.traits().adapts_requests {
                let key = settings.key();
                let message = format!("`{key}` is for strategy `{owner}`, and this is `{strategy}`");
                report.add(
                    Finding::at(place, message).label(at, "the strategy").help(format!("remove `{key}`")),
                );
            }
        }
        report.extend(out_of_range(deployment, linear, canary));
        report.extend(needs(service, deployment, strategy, at));
    }
}

/// Minutes and percentages that are out of range.
fn out_of_range(deployment: View, linear: Field, canary: Field) -> Vec<Finding> {
    let mut limits = vec![(deployment.field("bakeTimeInMinutes"), 0.0, 1440.0)];
    if let Known(linear, _) = linear.object() {
        limits.push((linear.field("stepPercent"), 3.0, 100.0));
        limits.push((linear.field("stepBakeTimeInMinutes"), 0.0, 1440.0));
    }
    if let Known(canary, _) = canary.object() {
        limits.push((canary.field("canaryPercent"), 0.1, 100.0));
        limits.push((canary.field("canaryBakeTimeInMinutes"), 0.0, 1440.0));
    }
    limits.into_iter().filter_map(|(field, least, most)| outside(field, least, most)).collect()
}

fn outside(field: Field, least: f64, most: f64) -> Option<Finding> {
    let Known(written, place) = field.scalar() else { return None };
    let value: f64 = written.parse().ok()?;
    (!(least..=most).contains(&value)).then(|| {
        Finding::at(place, format!("`{field}` cannot be {written}")).help(format!("it is {least} to {most}"))
    })
}

/// What a strategy needs that is not there.
fn needs(service: Service, deployment: View, strategy: &str, at: Place) -> Option<Finding> {
    if strategy == "ROLLING" {
        return None;
    }
    if let Known(kind @ ("CODE_DEPLOY" | "EXTERNAL"), place) = service.controller() {
        let message =
            format!("strategy `{strategy}` is ECS's own, and the deployment controller is `{kind}`");
        return Some(
            Finding::at(at, message)
                .label(place, "the deployment controller")
                .help("remove the controller, or the strategy"),
        );
    }
    let bake_time = deployment.field("bakeTimeInMinutes");
    if strategy == "BLUE_GREEN" && bake_time.is_missing() {
        return Some(
            Finding::at(at, format!("strategy `{strategy}` without `{bake_time}`"))
                .help(format!("set `{bake_time}` to how long the old tasks stay after the switch")),
        );
    }
    let shifts = ["LINEAR", "CANARY"].contains(&strategy);
    let idle = service.load_balancer_list().is_empty()
        && service.view.any("serviceConnectConfiguration").is_missing();
    (shifts && idle).then(|| {
        Finding::at(
            at,
            format!("strategy `{strategy}` shifts traffic, and nothing brings {} any", service.called()),
        )
        .help("add an Application Load Balancer or Service Connect, or use `ROLLING`")
    })
}
