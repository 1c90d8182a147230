//! See `rules/docker-socket-mount.md`.

use super::prelude::*;

/// Paths that let a container control Docker or containerd, even if they are mounted read-only.
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

/// System paths of the instance. Monitoring tools read some of them, so only writable mounts are reported.
const OWN: [&str; 8] =
    ["/etc", "/root", "/boot", "/dev", "/proc", "/var/lib/docker", "/var/lib/ecs", "/etc/ecs"];

/// Reports mounts that let a container take over the instance, except of agents, which need them.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.volumes().filter(|volume| !volume.task.is_agent()).filter_map(sensitive));
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
            ", which lets a container control Docker and therefore the instance",
            "remove the mount; the task metadata endpoint provides information about the containers"
                .to_owned(),
        )
    } else {
        (
            ", and a container can write to it",
            format!("mount it with `{}`, or mount a subdirectory", first.field("readOnly")),
        )
    };
    Some(
        Finding::at(place, format!("volume `{name}` mounts `{path}`{effect}"))
            .label(first.heading("sourceVolume"), "mounted here")
            .labels(others.iter().map(|mount| (mount.heading("sourceVolume"), "also mounted here")))
            .help(help),
    )
}

/// Whether a mount is writable, which is the default. The agent passes the path to Docker unchanged, so `:ro` at its end
/// makes the mount read-only too.
fn is_writable(mount: View) -> bool {
    let read_only = mount.bool("readOnly");
    let path = mount.str("containerPath").known().unwrap_or_default();
    (read_only.is_missing() || read_only.known() == Some(false)) && !path.ends_with(":ro")
}
