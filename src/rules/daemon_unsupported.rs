//! See `rules/daemon-unsupported.md`.

use super::prelude::*;

/// Reports daemons with what daemons do not have.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(daemon) = service.daemon() else { continue };
        let found = [
            desired_count(service),
            placement_strategy(service),
            maximum_percent(service),
            fargate_or_controller(service),
            volumes(service),
        ];
        report.extend(found.into_iter().flatten().map(|unsupported| {
            Finding::at(unsupported.place, format!("a daemon does not go with {}", unsupported.what))
                .label(daemon, "a daemon")
                .help(unsupported.help)
        }));
    }
}

/// Something that a daemon does not have.
struct Unsupported {
    place: Place,
    what: String,
    help: String,
}

impl Unsupported {
    fn new(place: Place, what: impl Into<String>, help: impl Into<String>) -> Unsupported {
        Unsupported { place, what: what.into(), help: help.into() }
    }
}

/// What AWS says of a daemon has a count, and Terraform sends none.
fn desired_count(service: Service) -> Option<Unsupported> {
    let field = service.view.field("desiredCount");
    let place = field.certainly()?;
    let sent = !service.traits().adapts_requests && !service.is_description();
    sent.then(|| {
        let help = format!("remove `{field}`; each instance runs one task");
        Unsupported::new(place, format!("`{field}`"), help)
    })
}

fn placement_strategy(service: Service) -> Option<Unsupported> {
    let field = service.view.field("placementStrategy");
    let first = field.list().objects().next()?;
    Some(Unsupported::new(first.place(), format!("`{field}`"), format!("remove `{field}`")))
}

/// Terraform sends no percentages for a daemon.
fn maximum_percent(service: Service) -> Option<Unsupported> {
    let Known(maximum @ 101.., place) = service.maximum_percent() else { return None };
    let help = "set it to 100: an instance has no room for a second task";
    (!service.traits().adapts_requests)
        .then(|| Unsupported::new(place, format!("a maximum of {maximum} %"), help))
}

fn fargate_or_controller(service: Service) -> Option<Unsupported> {
    if let Known(Compute::Fargate, place) = service.compute() {
        let help = "Fargate has no instances to run one task on each";
        return Some(Unsupported::new(place, "Fargate", help));
    }
    let Known(kind @ ("CODE_DEPLOY" | "EXTERNAL"), place) = service.controller() else { return None };
    let what = format!("deployment controller `{kind}`");
    Some(Unsupported::new(place, what, "remove it; ECS deploys daemons"))
}

fn volumes(service: Service) -> Option<Unsupported> {
    let field = service.view.field("volumeConfigurations");
    let volume = field.list().objects().next()?;
    Some(Unsupported::new(volume.place(), format!("`{field}`"), "use a volume of the host, or EFS"))
}
