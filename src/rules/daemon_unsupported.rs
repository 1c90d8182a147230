//! See `rules/daemon-unsupported.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::{Compute, Service};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports daemons with what daemons do not have.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(daemon) = service.daemon() else { continue };
        let found =
            [count(service), placement(service), percent(service), elsewhere(service), volumes(service)];
        for (place, what, help) in found.into_iter().flatten() {
            report.add(
                Finding::at(place, format!("a daemon does not go with {what}"))
                    .label(daemon, "a daemon")
                    .help(help),
            );
        }
    }
}

type Unsupported = Option<(Place, String, String)>;

/// What AWS says of a daemon has a count, and Terraform sends none.
fn count(service: Service) -> Unsupported {
    let place = service.view.certainly("desiredCount")?;
    let term = service.view.term("desiredCount");
    let sent = !service.is_terraform() && !service.is_description();
    sent.then(|| (place, format!("`{term}`"), format!("remove `{term}`; each instance runs one task")))
}

fn placement(service: Service) -> Unsupported {
    let first = service.list("placementStrategy").objects().next()?;
    let term = service.view.term("placementStrategy");
    Some((first.place(), format!("`{term}`"), format!("remove `{term}`")))
}

/// Terraform sends no percentages for a daemon.
fn percent(service: Service) -> Unsupported {
    let Known(maximum @ 101.., place) = service.percent("maximumPercent") else { return None };
    let what = format!("a maximum of {maximum} %");
    (!service.is_terraform())
        .then(|| (place, what, "set it to 100: an instance has no room for a second task".to_owned()))
}

fn elsewhere(service: Service) -> Unsupported {
    if let Known(Compute::Fargate, place) = service.compute() {
        return Some((
            place,
            "Fargate".to_owned(),
            "Fargate has no instances to run one task on each".to_owned(),
        ));
    }
    let Known(kind @ ("CODE_DEPLOY" | "EXTERNAL"), place) = service.controller() else { return None };
    Some((place, format!("deployment controller `{kind}`"), "remove it; ECS deploys daemons".to_owned()))
}

fn volumes(service: Service) -> Unsupported {
    let volume = service.list("volumeConfigurations").objects().next()?;
    let term = service.view.term("volumeConfigurations");
    Some((volume.place(), format!("`{term}`"), "use a volume of the host, or EFS".to_owned()))
}
