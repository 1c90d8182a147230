//! See `rules/load-balancer-unknown-container.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::model::LoadBalancer;
use crate::nearest::{listed, nearest};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports load balancers that name a container the task definition does not have.
pub fn check(project: &Project, report: &mut Report) {
    for balancer in project.balanced().flat_map(|service| service.load_balancers()) {
        if let Some(finding) = unknown(balancer) {
            report.add(finding);
        }
    }
}

fn unknown(balancer: LoadBalancer) -> Option<Finding> {
    let task = balancer.service.task().known()?;
    let Known(name, place) = balancer.container_name() else { return None };
    if !task.container(name).is_missing() {
        return None;
    }
    let names: Vec<&str> = task.containers().filter_map(|container| container.name().known()).collect();
    let near = nearest(name, names.iter().copied());
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name one of the task definition's containers".to_owned(),
    };
    let place_of_names = task.containers().next().map_or(task.title(), |container| container.title());
    let finding = Finding::at(place, format!("the task definition has no container `{name}`"))
        .label(place_of_names, format!("it has {}", listed(names)))
        .help(help);
    // A container that does not map the port would be no better.
    let maps = |near: &&str| match (task.container(near), balancer.container_port()) {
        (Known(container, _), Known(port, _)) => !container.port(port).is_missing(),
        _ => false,
    };
    Some(match near.filter(maps).zip(balancer.view.entry("containerName")) {
        Some((near, entry)) => {
            finding.fix(Safety::Unsafe, format!("write `{near}`"), vec![Change::set(&entry.value, near)])
        }
        None => finding,
    })
}
