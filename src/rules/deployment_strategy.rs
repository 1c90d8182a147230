//! See `rules/deployment-strategy.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Service;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// Reports settings of a deployment that do not fit its strategy.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let (Known(deployment, _), Known(strategy, at)) = (service.deployment(), service.strategy()) else {
            continue;
        };
        let foreign = [("LINEAR", "linearConfiguration"), ("CANARY", "canaryConfiguration")];
        for (owner, key) in foreign {
            let Known(_, place) = deployment.object(key) else { continue };
            // Terraform's provider leaves it out, which is for `terraform-ignored-argument` to say.
            if strategy != owner && !service.is_terraform() {
                let message = format!("`{key}` is for strategy `{owner}`, and this is `{strategy}`");
                report.add(
                    Finding::at(place, message).label(at, "the strategy").help(format!("remove `{key}`")),
                );
            }
        }
        ranges(deployment).into_iter().for_each(|finding| report.add(finding));
        if let Some(finding) = needs(service, deployment, strategy, at) {
            report.add(finding);
        }
    }
}

/// Minutes and percentages that are out of range.
fn ranges(deployment: View) -> Vec<Finding> {
    let linear = deployment.object("linearConfiguration").known();
    let canary = deployment.object("canaryConfiguration").known();
    let limits = [
        (Some(deployment), "bakeTimeInMinutes", 0.0, 1440.0),
        (linear, "stepPercent", 3.0, 100.0),
        (linear, "stepBakeTimeInMinutes", 0.0, 1440.0),
        (canary, "canaryPercent", 0.1, 100.0),
        (canary, "canaryBakeTimeInMinutes", 0.0, 1440.0),
    ];
    limits.into_iter().filter_map(|(view, key, least, most)| range(view?, key, least, most)).collect()
}

fn range(view: View, key: &str, least: f64, most: f64) -> Option<Finding> {
    let Known(written, place) = view.scalar(key) else { return None };
    let value: f64 = written.parse().ok()?;
    let term = view.term(key);
    (!(least..=most).contains(&value)).then(|| {
        Finding::at(place, format!("`{term}` cannot be {written}")).help(format!("it is {least} to {most}"))
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
    let term = deployment.term("bakeTimeInMinutes");
    if strategy == "BLUE_GREEN" && deployment.any("bakeTimeInMinutes").is_missing() {
        let message = format!("strategy `{strategy}` without `{term}`");
        return Some(
            Finding::at(at, message)
                .help(format!("set `{term}` to how long the old tasks stay after the switch")),
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
