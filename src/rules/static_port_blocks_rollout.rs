//! See `rules/static-port-blocks-rollout.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::{Compute, NetworkMode, Service, Task};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{self, Known};

/// Reports rolling updates that must start a task where its host port is taken.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        if let Some(finding) = blocked(service) {
            report.add(finding);
        }
    }
}

fn blocked(service: Service) -> Option<Finding> {
    let rolling =
        service.strategy().known() == Some("ROLLING") && service.controller().known() == Some("ECS");
    let replica = service.scheduling().known() == Some("REPLICA");
    if !rolling
        || !replica
        || service.compute().known() != Some(Compute::Instances)
        || service.ignores("desired_count")
    {
        return None;
    }
    let (port, port_at) = static_port(service.task().known()?)?;
    let (instances, instances_at) = service.most_instances()?;
    let Known(desired @ 1.., desired_at) = service.view.int("desiredCount") else { return None };
    let (minimum, minimum_at) = match service.percent("minimumHealthyPercent") {
        Known(minimum, place) => (minimum, place),
        Value::Missing => (100, service.title()),
        Value::Unknown(_) => return None,
    };
    let stay = (desired * minimum + 99) / 100;
    let message = format!(
        "a deployment needs a free instance for host port {port}: of {desired}, {minimum} % = {stay} must stay, and the cluster has at most {instances}"
    );
    (stay >= desired && instances <= desired).then(|| {
        Finding::at(port_at, message)
            .label(desired_at, format!("{desired} wanted"))
            .label(minimum_at, format!("{minimum} % must stay"))
            .label(instances_at, "the instances of the cluster")
            .help("let the host port be 0, which means any, lower the minimum, or add an instance")
    })
}

/// A port that only one task on an instance can have.
fn static_port(task: Task) -> Option<(i64, Place)> {
    let mode = task.network_mode().known()?;
    let mut mappings = task.containers().flat_map(|container| container.port_mappings());
    mappings.find_map(|mapping| {
        let port = match mode {
            NetworkMode::Bridge => mapping.host_port(),
            NetworkMode::Host => mapping.container_port(),
            NetworkMode::Awsvpc | NetworkMode::None => return None,
        };
        match port {
            Known(port @ 1.., place) => Some((port, place)),
            _ => None,
        }
    })
}
