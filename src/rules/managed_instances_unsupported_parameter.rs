//! See `rules/managed-instances-unsupported-parameter.md`.

use super::fargate_unsupported_parameter::{Given, finding, of_containers, of_task, of_volumes};
use super::{awsvpc_unsupported_parameter as awsvpc, fargate_unsupported_parameter as fargate};
use crate::diagnostic::Finding;
use crate::model::{NetworkMode, Task};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

const OF_TASK: &[&str] = &["ephemeralStorage", "ipcMode", "proxyConfiguration"];

const OF_CONTAINER: &[&str] = &[
    "disableNetworking",
    "dnsSearchDomains",
    "dnsServers",
    "dockerSecurityOptions",
    "extraHosts",
    "hostname",
    "links",
    "linuxParameters/maxSwap",
    "linuxParameters/sharedMemorySize",
    "linuxParameters/swappiness",
];

const OF_VOLUME: &[&str] = &["dockerVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration"];

const REASON: &str = "the task definition asks for Managed Instances here";

/// Reports parameters that tasks on Managed Instances cannot have.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(place) = task.requires("MANAGED_INSTANCES") else { continue };
        let mut found = of_task(task, OF_TASK);
        found.extend(of_containers(task, OF_CONTAINER));
        found.extend(of_volumes(task, OF_VOLUME));
        for Given { entry, of } in
            found.into_iter().filter(|given| !is_said_elsewhere(task, &given.entry.key))
        {
            report.add(finding(entry, &of, "on Managed Instances", place, REASON));
        }
        network(task)
            .into_iter()
            .chain(windows(task))
            .for_each(|finding| report.add(finding.label(place, REASON)));
    }
}

fn network(task: Task) -> Option<Finding> {
    let entry = task.view.entry("networkMode")?;
    let Known(mode @ NetworkMode::Bridge, place) = task.network_mode() else { return None };
    let message = format!("network mode `{}` does not work on Managed Instances", mode.name());
    Some(Finding::at(place, message).help(format!("set `{}` to `awsvpc` or `host`", entry.written)))
}

fn windows(task: Task) -> Option<Finding> {
    let Known(system, place) = task.operating_system() else { return None };
    let finding = || Finding::at(place, format!("`{system}` does not run on Managed Instances"));
    system.starts_with("WINDOWS").then(|| finding().help("Managed Instances run Linux"))
}

/// Whether what is refused anyway is the finding of another rule.
fn is_said_elsewhere(task: Task, key: &str) -> bool {
    let in_awsvpc = task.network_mode().known() == Some(NetworkMode::Awsvpc);
    let on_fargate = task.requires("FARGATE").is_some();
    (in_awsvpc && awsvpc::OF_CONTAINER.contains(&key))
        || (on_fargate
            && (fargate::OF_TASK.contains(&key)
                || fargate::OF_CONTAINER.iter().any(|path| path.ends_with(key))))
}
