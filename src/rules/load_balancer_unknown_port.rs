//! See `rules/load-balancer-unknown-port.md`.

use super::prelude::*;

/// Reports load balancers that name a port the container does not map.
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
    let finding = Finding::at(place, format!("{} maps no container port {port}", container.called()))
        .label(container.anchor(), mapped(&ports))
        .help(format!("map port {port} in the container, or name a port that it maps"));
    Some(match ports.as_slice() {
        [only] => {
            let change = balancer.view.field("containerPort").set(*only);
            finding.fix(Safety::Unsafe, format!("write {only}"), change)
        }
        _ => finding,
    })
}

fn mapped(ports: &[i64]) -> String {
    match ports {
        [] => "it maps no port".to_owned(),
        _ => format!("it maps {}", ports.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")),
    }
}
