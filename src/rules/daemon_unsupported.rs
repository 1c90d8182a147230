//! See `rules/daemon-unsupported.md`.

use super::prelude::*;

/// Reports settings that daemon services do not support.
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
            Finding::at(unsupported.place, unsupported.message)
                .label(daemon, "the scheduling strategy is `DAEMON`")
                .help(unsupported.help)
        }));
    }
}

/// A setting that daemon services do not support.
struct Unsupported {
    place: Place,
    message: String,
    help: String,
}

impl Unsupported {
    fn new(place: Place, message: impl Into<String>, help: impl Into<String>) -> Unsupported {
        Unsupported { place, message: message.into(), help: help.into() }
    }

    fn setting(place: Place, field: Field, help: impl Into<String>) -> Unsupported {
        Unsupported::new(place, format!("`{field}` cannot be set for a daemon service"), help)
    }
}

/// AWS includes a count when it describes a daemon service, and the Terraform provider does not send one.
fn desired_count(service: Service) -> Option<Unsupported> {
    let field = service.view.field("desiredCount");
    let place = field.certainly()?;
    let sent = !service.traits().adapts_requests && !service.is_description();
    sent.then(|| {
        Unsupported::setting(place, field, format!("remove `{field}`; each container instance runs one task"))
    })
}

fn placement_strategy(service: Service) -> Option<Unsupported> {
    let field = service.view.field("placementStrategy");
    let first = field.list().objects().next()?;
    Some(Unsupported::setting(first.place(), field, format!("remove `{field}`")))
}

/// The Terraform provider does not send percentages for a daemon service.
fn maximum_percent(service: Service) -> Option<Unsupported> {
    let Known(maximum @ 101.., place) = service.maximum_percent() else { return None };
    let field = service.deployment().known()?.field("maximumPercent");
    let message = format!("`{field}` of a daemon service can be at most 100 (got {maximum})");
    let help = format!("set `{field}` to 100; each container instance runs at most one task");
    (!service.traits().adapts_requests).then(|| Unsupported::new(place, message, help))
}

fn fargate_or_controller(service: Service) -> Option<Unsupported> {
    if let Known(Compute::Fargate, place) = service.compute() {
        let help = "run the service on container instances, which Fargate does not have";
        return Some(Unsupported::new(place, "daemon services are not supported on Fargate", help));
    }
    let Known(kind @ ("CODE_DEPLOY" | "EXTERNAL"), place) = service.controller() else { return None };
    let message = format!("daemon services are not supported with the `{kind}` deployment controller");
    Some(Unsupported::new(place, message, "use the `ECS` deployment controller"))
}

fn volumes(service: Service) -> Option<Unsupported> {
    let field = service.view.field("volumeConfigurations");
    let volume = field.list().objects().next()?;
    Some(Unsupported::setting(volume.place(), field, "use a host volume or an EFS volume"))
}
