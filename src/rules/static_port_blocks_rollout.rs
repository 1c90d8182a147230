//! See `rules/static-port-blocks-rollout.md`.

use super::prelude::*;

/// Reports rolling updates that can place a new task only where its host port is already in use.
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
    // The minimum is rounded up. The maximum does not matter: no instance has the port free for another task.
    let stay = (desired * minimum + 99) / 100;
    if stay < desired || instances > desired {
        return None;
    }
    let message = format!(
        "host port {port} blocks rolling updates: {} must keep running ({minimum}% of {desired}), and the cluster has at most {}",
        counted(stay, "task"),
        counted(instances, "instance")
    );
    let groups =
        groups.iter().map(|(most, place)| (*place, format!("at most {}", counted(*most, "instance"))));
    Some(
        Finding::at(port_at, message)
            .label(task.network_mode().place()?, task.network_mode_reason())
            .label(compute_at, service.compute_reason())
            .label(desired_at, format!("desired count {desired}"))
            .label(minimum_at, format!("minimum {minimum}%{by_default}"))
            .labels(groups)
            .help("set the host port to 0 (dynamic), lower the minimum healthy percent, or add an instance"),
    )
}

/// Returns a static host port, which only one task on each instance can use.
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

fn counted(many: i64, what: &str) -> String {
    let plural = if many == 1 { "" } else { "s" };
    format!("{many} {what}{plural}")
}
