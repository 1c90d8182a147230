//! See `rules/service-registry-port.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::{NetworkMode, Service};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// Reports ports of service registries that the network mode or the records do not allow, or need.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        for registry in service.list("serviceRegistries").objects() {
            if let Some(finding) = mismatch(service, registry) {
                report.add(finding);
            }
        }
    }
}

fn mismatch(service: Service, registry: View) -> Option<Finding> {
    let port = written(registry, "port");
    let container = written(registry, "containerName").or_else(|| written(registry, "containerPort"));
    if let (Some(port), Some(container)) = (port, container) {
        let term = registry.term("port");
        let message =
            format!("the registry has a `{term}` beside a container's port, and takes one of the two");
        return Some(
            Finding::at(port, message).label(container, "the container's").help(format!("remove `{term}`")),
        );
    }
    let records = records(service, registry);
    let task = service.task().known()?;
    let Known(mode, mode_at) = task.network_mode() else { return None };
    if mode != NetworkMode::Awsvpc && service.is_for_fargate() {
        return None;
    }
    let finding = match (mode, records) {
        (NetworkMode::Bridge | NetworkMode::Host, _) => return unnamed(service, registry),
        (NetworkMode::Awsvpc, Some((Records::Address, at))) => {
            // A container's name alone is accepted.
            let place = port.or_else(|| written(registry, "containerPort"))?;
            Finding::at(place, "a port for a registry of addresses, which has no ports")
                .label(at, "its records are of type A")
                .help("remove it, or give the registry SRV records")
        }
        (NetworkMode::Awsvpc, Some((Records::Port, at)))
            if port.is_none() && container.is_none() && is_closed(registry) =>
        {
            Finding::at(registry.place(), "no port for a registry whose SRV records name one")
                .label(at, "its records are of type SRV")
                .help(format!("set `{}` to the port that clients use", registry.term("port")))
        }
        _ => return None,
    };
    Some(finding.label(mode_at, task.network_mode_reason()))
}

/// In bridge and host mode a port is one of a container's, which the registry has to name.
fn unnamed(service: Service, registry: View) -> Option<Finding> {
    let task = service.task().known()?;
    let Known(mode, mode_at) = task.network_mode() else { return None };
    let missing =
        ["containerName", "containerPort"].into_iter().find(|key| registry.any(key).is_missing())?;
    let message = format!(
        "the registry has no `{}`, which tasks in `{}` mode need",
        registry.term(missing),
        mode.name()
    );
    Some(
        Finding::at(registry.place(), message)
            .label(mode_at, task.network_mode_reason())
            .help("name the container and its port that clients reach"),
    )
}

/// Where a member is written and means something: Terraform's provider leaves out a port of 0.
fn written(registry: View, key: &str) -> Option<Place> {
    registry.certainly(key).filter(|_| registry.int(key).known() != Some(0))
}

fn is_closed(registry: View) -> bool {
    ["port", "containerName", "containerPort"].into_iter().all(|key| registry.any(key).is_missing())
}

/// What the records of a registry tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Records {
    /// Addresses alone.
    Address,
    /// Ports too.
    Port,
}

/// What the records of the registry tell, and where that is said.
fn records(service: Service, registry: View) -> Option<(Records, Place)> {
    let found = service.registry(registry)?.object("DnsConfig").known()?.list("DnsRecords");
    let types: Option<Vec<&str>> = found.iter().map(|record| record.str("Type").known()).collect();
    let types = types.filter(|types| found.is_complete() && !types.is_empty())?;
    match types.contains(&"SRV") {
        true => Some((Records::Port, found.place())),
        false => Some((Records::Address, found.place())),
    }
}
