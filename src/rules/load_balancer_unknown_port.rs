//! See `rules/load-balancer-unknown-port.md`.

use super::prelude::*;

/// Reports load balancers that name a port that the container does not map.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.balanced().flat_map(Service::load_balancers).filter_map(unmapped));
}

fn unmapped(balancer: LoadBalancer) -> Option<Finding> {
    let task = balancer.service.task().known()?;
    let container = task.container(balancer.container_name().known()?).known()?;
    let Known(port, place) = balancer.container_port() else { return None };
    if !container.port(port).is_missing() {
        return None;
    }
    let ports: Vec<i64> =
        container.port_mappings().filter_map(|mapping| mapping.container_port().known()).collect();
    let message = format!("{} has no port mapping for container port {port}", container.called());
    let finding = Finding::at(place, message)
        .label(container.anchor(), mapped(container))
        .help(format!("add a port mapping for {port} to the container, or use a port that it maps"));
    Some(match ports.as_slice() {
        [only] => {
            let field = balancer.view.field("containerPort");
            finding.fix(Safety::Unsafe, format!("set `{field}` to {only}"), field.set(*only))
        }
        _ => finding,
    })
}

/// Returns the ports and ranges that a container maps, as a label.
fn mapped(container: Container) -> String {
    let ports = container.port_mappings().filter_map(|mapping| {
        let range = mapping.view.str("containerPortRange").known().map(str::to_owned);
        mapping.container_port().known().map(|port| port.to_string()).or(range)
    });
    let ports: Vec<String> = ports.collect();
    match ports.as_slice() {
        [] => "it has no port mappings".to_owned(),
        [port] => format!("it maps only {port}"),
        _ => format!("it maps {}", ports.join(", ")),
    }
}
