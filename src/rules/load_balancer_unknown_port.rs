//! See `rules/load-balancer-unknown-port.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::model::{Container, LoadBalancer};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports load balancers that name a port the container does not map.
pub fn check(project: &Project, report: &mut Report) {
    for balancer in project.balanced().flat_map(|service| service.load_balancers()) {
        if let Some(finding) = unmapped(balancer) {
            report.add(finding);
        }
    }
}

fn unmapped(balancer: LoadBalancer) -> Option<Finding> {
    let task = balancer.service.task().known()?;
    let container = task.container(balancer.container_name().known()?).known()?;
    let Known(port, place) = balancer.container_port() else { return None };
    let finding = container.port(port).is_missing().then(|| {
        Finding::at(place, format!("{} maps no container port {port}", container.called()))
            .label(container.title(), mapped(container))
            .help(format!("map port {port} in the container, or name a port that it maps"))
    })?;
    let only: Vec<i64> =
        container.port_mappings().filter_map(|mapping| mapping.container_port().known()).collect();
    Some(match (only.as_slice(), balancer.view.entry("containerPort")) {
        ([only], Some(entry)) => {
            finding.fix(Safety::Unsafe, format!("write {only}"), vec![Change::set(&entry.value, *only)])
        }
        _ => finding,
    })
}

fn mapped(container: Container) -> String {
    let ports: Vec<String> = container
        .port_mappings()
        .filter_map(|mapping| mapping.container_port().known())
        .map(|port| port.to_string())
        .collect();
    match ports.is_empty() {
        true => "it maps no port".to_owned(),
        false => format!("it maps {}", ports.join(", ")),
    }
}
