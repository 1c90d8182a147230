//! See `rules/system-control.md`.

use super::prelude::*;

/// Settings of the network that only the host has: a container finds no such file.
const HOST_ONLY: [&str; 5] = [
    "net.core.rmem_max",
    "net.core.wmem_max",
    "net.core.rmem_default",
    "net.core.wmem_default",
    "net.core.netdev_max_backlog",
];

/// Settings of the IPC namespace; those of `fs.mqueue.` are others.
const IPC: [&str; 8] = [
    "kernel.msgmax",
    "kernel.msgmnb",
    "kernel.msgmni",
    "kernel.sem",
    "kernel.shmall",
    "kernel.shmmax",
    "kernel.shmmni",
    "kernel.shm_rmid_forced",
];

/// Reports kernel parameters that a container cannot set.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        for control in container.view.list("systemControls").objects() {
            let Known(name, place) = control.str("namespace") else { continue };
            let found = not_namespaced(name, place).or_else(|| of_the_host(container, name, place));
            report.extend(found.map(|finding| {
                let change = Change::remove_item(control.node);
                finding.fix(Safety::Unsafe, format!("remove `{name}`"), [change])
            }));
        }
    }
}

fn is_ipc(name: &str) -> bool {
    IPC.contains(&name) || name.starts_with("fs.mqueue.")
}

fn not_namespaced(name: &str, place: Place) -> Option<Finding> {
    if HOST_ONLY.contains(&name) {
        let message = format!("`{name}` is a setting of the whole host, so the container cannot start");
        return Some(Finding::at(place, message).help("remove it, or set it on the instance"));
    }
    if name.starts_with("net.") || is_ipc(name) {
        return None;
    }
    let message = format!("`{name}` is no kernel parameter that a container can have of its own");
    Some(
        Finding::at(place, message)
            .help("set it on the instance; containers can set `net.*` and those of IPC"),
    )
}

fn of_the_host(container: Container, name: &str, place: Place) -> Option<Finding> {
    let task = container.task;
    let (shared, reason) = match (task.network_mode(), task.view.str("ipcMode")) {
        (Known(NetworkMode::Host, at), _) if name.starts_with("net.") => (at, task.network_mode_reason()),
        (_, Known("host", at)) if is_ipc(name) => (at, "the IPC mode is `host`".to_owned()),
        _ => return None,
    };
    let message = format!("`{name}` would be set for the whole host, which the container shares");
    Some(Finding::at(place, message).label(shared, reason).help("set it on the instance"))
}
