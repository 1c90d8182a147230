//! See `rules/dynamic-port-health-check-port.md`.

use super::prelude::*;

/// Reports target groups that check a fixed port of tasks with dynamic host ports.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.load_balancers().filter_map(fixed_port));
}

fn fixed_port(balancer: LoadBalancer) -> Option<Finding> {
    let group = balancer.target_group().known()?;
    let task = balancer.service.task().known()?;
    let Known(port, port_at) = group.health_check_port() else { return None };
    if port == "traffic-port" {
        return None;
    }
    let container = task.container(balancer.container_name().known()?).known()?;
    let mapping = container.port(balancer.container_port().known()?).known()?;
    if mapping.is_dynamic().known() != Some(true) {
        return None;
    }
    let place = mapping.host_port().place().unwrap_or_else(|| mapping.anchor());
    let message = format!("the health check uses port {port}, but each task gets a dynamic host port");
    let finding = Finding::at(port_at, message)
        .label(place, format!("the host port of {} is assigned when a task starts", container.called()))
        .label(balancer.join_place(), "the service registers its tasks with this target group")
        .help("set it to `traffic-port`, which uses the host port of each task");
    Some(finding)
}
