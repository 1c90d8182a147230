//! See `rules/managed-instances-unsupported-parameter.md`.

use super::prelude::*;
use super::support::unsupported::{Given, Paths};

const OF_TASK: Paths = &["ephemeralStorage", "ipcMode", "proxyConfiguration"];

const OF_CONTAINER: Paths = &[
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

const OF_VOLUME: Paths = &["dockerVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration"];

const REASON: &str = "the task definition requires Managed Instances";

/// Reports parameters that are not supported on Managed Instances.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(place) = task.requires("MANAGED_INSTANCES") else { continue };
        let given = Given::of_task(task, OF_TASK)
            .chain(Given::of_containers(task, OF_CONTAINER))
            .chain(Given::of_volumes(task, OF_VOLUME))
            .filter(|given| !given.is_refused_anyway(task));
        report.extend(given.map(|given| given.report("on Managed Instances", place, REASON)));
        let others = [bridge_mode(task), no_mode(task), windows(task)].into_iter().flatten();
        report.extend(others.map(|finding| finding.label(place, REASON)));
    }
}

fn bridge_mode(task: Task) -> Option<Finding> {
    let entry = task.view.entry("networkMode")?;
    let Known(mode @ NetworkMode::Bridge, place) = task.network_mode() else { return None };
    let message = format!("network mode `{}` is not supported on Managed Instances", mode.name());
    Some(Finding::at(place, message).help(format!("set `{}` to `awsvpc` or `host`", entry.written)))
}

/// Reports a task definition without a network mode. Only the documentation says that it is required.
fn no_mode(task: Task) -> Option<Finding> {
    let field = task.view.field("networkMode");
    field.is_missing().then(|| {
        let message = format!("Managed Instances require an explicit `{field}`: `awsvpc`, `host`, or `none`");
        Finding::at(task.anchor(), message).help(format!("set `{field}` to `awsvpc`")).warning()
    })
}

fn windows(task: Task) -> Option<Finding> {
    let Known(system, place) = task.operating_system() else { return None };
    system.starts_with("WINDOWS").then(|| {
        let message = format!("operating system family `{system}` is not supported on Managed Instances");
        Finding::at(place, message).help("use `LINUX`; Managed Instances run only Linux")
    })
}
