//! See `rules/dynamic-port-without-load-balancer.md`.

use super::prelude::*;

/// Reports ports that change with every task, in services that nothing tells the port of.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| cannot_be_found(*service)) {
        let Some(task) = service.task().known() else { continue };
        let mappings = task.containers().flat_map(Container::port_mappings);
        let dynamic = mappings.filter(|mapping| mapping.is_dynamic().known() == Some(true));
        report.extend(dynamic.map(|mapping| finding(service, mapping)));
    }
}

/// Whether certainly neither a load balancer nor discovery hands on where the tasks are.
fn cannot_be_found(service: Service) -> bool {
    let discovery = service.view.fields(["loadBalancers", "serviceRegistries", "vpcLatticeConfigurations"]);
    discovery.into_iter().all(|field| field.list().is_empty())
        && service.view.any("serviceConnectConfiguration").is_missing()
}

fn finding(service: Service, mapping: PortMapping) -> Finding {
    let container = mapping.container;
    let place = mapping.host_port().place().unwrap_or_else(|| mapping.anchor());
    let port = match mapping.container_port() {
        Known(port, _) => format!("port {port} of {}", container.called()),
        Unknown(_) | Missing => format!("a port of {}", container.called()),
    };
    let message = format!("{port} gets another host port with every task, and nothing tells clients which");
    Finding::at(place, message)
        .label(service.anchor(), "this service has no load balancer, registry or Service Connect")
        .help("put the service behind a load balancer whose target group has type `instance`, or fix the host port")
}
