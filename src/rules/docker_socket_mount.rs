//! See `rules/docker-socket-mount.md`.

use crate::diagnostic::Finding;
use crate::model::Task;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

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
    for task in project.tasks() {
        for volume in task.view.list("volumes").objects() {
            if let Some(finding) = sensitive(task, volume) {
                report.add(finding);
            }
        }
    }
}

fn sensitive(task: Task, volume: View) -> Option<Finding> {
    let name = volume.str("name").known()?;
    let Known(path, place) = volume.object("host").known()?.str("sourcePath") else { return None };
    let bare = if path.len() > 1 { path.trim_end_matches('/') } else { path };
    let (socket, own) = (SOCKETS.contains(&bare), OWN.contains(&bare));
    let mounts = task.containers().flat_map(|container| container.view.list("mountPoints").objects());
    let mounts = mounts.filter(|mount| mount.str("sourceVolume").known() == Some(name));
    let mounts: Vec<View> = mounts.filter(|mount| socket || (own && is_writable(*mount))).collect();
    let message = match socket {
        true => format!(
            "volume `{name}` is `{path}`, by which a container can command Docker, and so the instance"
        ),
        false => format!("volume `{name}` is `{path}`, and a container can write there"),
    };
    let place_of = |mount: &View| mount.heading("sourceVolume");
    let first = mounts.first()?;
    let finding = Finding::at(place, message).label(place_of(first), "mounted here");
    let finding =
        mounts[1..].iter().fold(finding, |finding, mount| finding.label(place_of(mount), "and here"));
    Some(match socket {
        true => finding.help("do without the mount; the task's metadata endpoint tells of its containers"),
        false => finding.help("mount it with `readOnly`, or a directory below it"),
    })
}

/// A mount is, unless it says otherwise, in Docker's own way too: the agent puts the path into Docker's words as it is.
fn is_writable(mount: View) -> bool {
    let read_only = mount.bool("readOnly");
    let path = mount.str("containerPath").known().unwrap_or_default();
    (read_only.is_missing() || read_only.known() == Some(false)) && !path.ends_with(":ro")
}
