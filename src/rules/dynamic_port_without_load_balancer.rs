//! See `rules/dynamic-port-without-load-balancer.md`.

use super::prelude::*;

/// Reports dynamic host ports in services that have no way for clients to discover them.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| cannot_be_found(*service)) {
        let Some(task) = service.task().known() else { continue };
        let mappings = task.containers().flat_map(Container::port_mappings);
        let dynamic = mappings.filter(|mapping| mapping.is_dynamic().known() == Some(true));
        report.extend(dynamic.map(|mapping| finding(service, mapping)));
    }
}

/// Whether the service certainly has neither a load balancer nor service discovery.
fn cannot_be_found(service: Service) -> bool {
    service.is_unregistered()
        && service.view.list("serviceRegistries").is_empty()
        && service.view.is_missing("serviceConnectConfiguration")
}

fn finding(service: Service, mapping: PortMapping) -> Finding {
    let container = mapping.container;
    let place = mapping.host_port().place().unwrap_or_else(|| mapping.anchor());
    let port = match mapping.container_port() {
        Known(port, _) => format!("port {port} of {}", container.called()),
        Unknown(_) | Missing => format!("a port of {}", container.called()),
    };
    let message = format!("{port} gets a different host port in each task, and clients cannot discover it");
    Finding::at(place, message)
        .label(service.anchor(), "this service has no load balancer, service registry, or Service Connect")
        .help("use a load balancer whose target group has target type `instance`, or set a static host port")
}
