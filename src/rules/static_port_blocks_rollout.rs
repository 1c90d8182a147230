//! See `rules/static-port-blocks-rollout.md`.

use super::prelude::*;

/// Reports rolling updates that must start a task where its host port is taken.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.services().filter_map(blocked));
}

fn blocked(service: Service) -> Option<Finding> {
    let rolling =
        service.strategy().known() == Some("ROLLING") && service.controller().known() == Some("ECS");
    let replica = service.scheduling().known() == Some("REPLICA");
    if !rolling || !replica || service.ignores("desiredCount") {
        return None;
    }
    let Known(Compute::Instances, compute_at) = service.compute() else { return None };
    let task = service.task().known()?;
    let (port, port_at) = static_port(task)?;
    let groups = service.most_instances()?;
    let instances: i64 = groups.iter().map(|(most, _)| most).sum();
    let Known(desired @ 1.., desired_at) = service.view.int("desiredCount") else { return None };
    let (minimum, minimum_at, by_default) = match service.minimum_percent() {
        Known(minimum, place) => (minimum, place, ""),
        Missing => (100, service.anchor(), " by default"),
        Unknown(_) => return None,
    };
    // What must stay is rounded up. How many may run does not matter: there is no instance for one more.
    let stay = (desired * minimum + 99) / 100;
    if stay < desired || instances > desired {
        return None;
    }
    let message = format!(
        "a deployment needs a free instance for host port {port}: of {desired}, {minimum} % = {stay} must stay, and the cluster has at most {instances}"
    );
    let groups = groups.iter().map(|(most, place)| match most {
        1 => (*place, "at most 1 instance".to_owned()),
        _ => (*place, format!("at most {most} instances")),
    });
    Some(
        Finding::at(port_at, message)
            .label(task.network_mode().place()?, task.network_mode_reason())
            .label(compute_at, service.compute_reason())
            .label(desired_at, format!("{desired} wanted"))
            .label(minimum_at, format!("{minimum} % must stay{by_default}"))
            .labels(groups)
            .help("let the host port be 0, which means any, lower the minimum, or add an instance"),
    )
}

/// A port that only one task on an instance can have.
fn static_port(task: Task) -> Option<(i64, Place)> {
    let mode = task.network_mode().known()?;
    let mut mappings = task.containers().flat_map(Container::port_mappings);
    mappings.find_map(|mapping| {
        let port = match mode {
            NetworkMode::Bridge => mapping.host_port(),
            NetworkMode::Host => mapping.container_port(),
            NetworkMode::Awsvpc | NetworkMode::None => return None,
        };
        port.known_at().filter(|(port, _)| *port > 0)
    })
}
