//! See `rules/service-registry-port.md`.

use super::prelude::*;

/// Reports ports of service registries that the network mode or the records do not allow, or need.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let registries = service.view.list("serviceRegistries").objects();
        report.extend(registries.filter_map(|registry| mismatch(service, registry)));
    }
}

fn mismatch(service: Service, registry: View) -> Option<Finding> {
    let [own_port, name, container_port] = registry.fields(["port", "containerName", "containerPort"]);
    let port = written(own_port);
    let container = written(name).or_else(|| written(container_port));
    if let (Some(port), Some(container)) = (port, container) {
        let message =
            format!("the registry has a `{own_port}` beside a container's port, and takes one of the two");
        return Some(
            Finding::at(port, message)
                .label(container, "the container's")
                .help(format!("remove `{own_port}`")),
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
            let place = port.or_else(|| written(container_port))?;
            Finding::at(place, "a port for a registry of addresses, which has no ports")
                .label(at, "its records are of type A")
                .help("remove it, or give the registry SRV records")
        }
        (NetworkMode::Awsvpc, Some((Records::Port, at)))
            if port.is_none()
                && container.is_none()
                && [own_port, name, container_port].into_iter().all(Field::is_missing) =>
        {
            Finding::at(registry.place(), "no port for a registry whose SRV records name one")
                .label(at, "its records are of type SRV")
                .help(format!("set `{own_port}` to the port that clients use"))
        }
        _ => return None,
    };
    Some(finding.label(mode_at, task.network_mode_reason()))
}

/// In bridge and host mode a port is one of a container's, which the registry has to name.
fn unnamed(service: Service, registry: View) -> Option<Finding> {
    let task = service.task().known()?;
    let Known(mode, mode_at) = task.network_mode() else { return None };
    let named = registry.fields(["containerName", "containerPort"]);
    let missing = named.into_iter().find(|field| field.is_missing())?;
    let message = format!("the registry has no `{missing}`, which tasks in `{}` mode need", mode.name());
    Some(
        Finding::at(registry.place(), message)
            .label(mode_at, task.network_mode_reason())
            .help("name the container and its port that clients reach"),
    )
}

/// Where a member is written and means something: Terraform's provider leaves out a port of 0.
fn written(field: Field) -> Option<Place> {
    field.certainly().filter(|_| field.int().known() != Some(0))
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
    let records = if types.contains(&"SRV") { Records::Port } else { Records::Address };
    Some((records, found.place()))
}
