//! See `rules/system-control.md`.

use super::prelude::*;

/// Network parameters that exist only on the host: in a container, their files do not exist.
const HOST_ONLY: [&str; 5] = [
    "net.core.rmem_max",
    "net.core.wmem_max",
    "net.core.rmem_default",
    "net.core.wmem_default",
    "net.core.netdev_max_backlog",
];

/// Parameters of the IPC namespace, in addition to those that begin with `fs.mqueue.`.
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
        let message = format!("`{name}` is a host-wide kernel parameter, so the container cannot start");
        return Some(Finding::at(place, message).help("remove it, or set it on the instance"));
    }
    if name.starts_with("net.") || is_ipc(name) {
        return None;
    }
    let message = format!("`{name}` is not a namespaced kernel parameter, so a container cannot set it");
    Some(
        Finding::at(place, message)
            .help("set it on the instance; containers can set only `net.*` and IPC parameters"),
    )
}

fn of_the_host(container: Container, name: &str, place: Place) -> Option<Finding> {
    let task = container.task;
    let (shared, reason, namespace) = match (task.network_mode(), task.view.str("ipcMode")) {
        (Known(NetworkMode::Host, at), _) if name.starts_with("net.") => {
            (at, task.network_mode_reason(), "network")
        }
        (_, Known("host", at)) if is_ipc(name) => (at, "the IPC mode is `host`".to_owned(), "IPC"),
        _ => return None,
    };
    let message =
        format!("`{name}` would apply to the whole host, whose {namespace} namespace the container shares");
    Some(Finding::at(place, message).label(shared, reason).help("set it on the instance"))
}
