//! See `rules/docker-socket-mount.md`.

use super::prelude::*;

/// Paths from which a container can command Docker or containerd, however they are mounted.
const SOCKETS: [&str; 8] = [
    "/var/run/docker.sock",
    "/run/docker.sock",
    "/var/run",
    "/run",
    "/",
    "/var",
    "/run/containerd/containerd.sock",
    "/var/run/containerd/containerd.sock",
];

/// Paths that are the instance's own; reading some of them is what monitoring does.
const OWN: [&str; 8] =
    ["/etc", "/root", "/boot", "/dev", "/proc", "/var/lib/docker", "/var/lib/ecs", "/etc/ecs"];

/// Reports mounts by which a container can take the instance over.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.volumes().filter_map(sensitive));
}

fn sensitive(volume: Volume) -> Option<Finding> {
    let name = volume.name().known()?;
    let Known(path, place) = volume.view.object("host").known()?.str("sourcePath") else { return None };
    let bare = if path.len() > 1 { path.trim_end_matches('/') } else { path };
    let (socket, own) = (SOCKETS.contains(&bare), OWN.contains(&bare));
    let containers = volume.task.containers();
    let mounts = containers.flat_map(|container| container.view.list("mountPoints").objects());
    let mounts = mounts.filter(|mount| mount.str("sourceVolume").known() == Some(name));
    let mounts: Vec<View> = mounts.filter(|mount| socket || (own && is_writable(*mount))).collect();
    let (first, others) = mounts.split_first()?;
    let (effect, help) = if socket {
        (
            ", by which a container can command Docker, and so the instance",
            "do without the mount; the task's metadata endpoint tells of its containers",
        )
    } else {
        (", and a container can write there", "mount it with `readOnly`, or a directory below it")
    };
    Some(
        Finding::at(place, format!("volume `{name}` is `{path}`{effect}"))
            .label(first.heading("sourceVolume"), "mounted here")
            .labels(others.iter().map(|mount| (mount.heading("sourceVolume"), "and here")))
            .help(help),
    )
}

/// A mount is, unless it says otherwise, in Docker's own way too: the agent puts the path into Docker's words as it is.
fn is_writable(mount: View) -> bool {
    let read_only = mount.bool("readOnly");
    let path = mount.str("containerPath").known().unwrap_or_default();
    (read_only.is_missing() || read_only.known() == Some(false)) && !path.ends_with(":ro")
}
