//! See `rules/exec-read-only-root.md`.

use super::prelude::*;

/// Reports ECS Exec for containers whose file system its agent cannot write to.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(true, at) = service.view.bool("enableExecuteCommand") else { continue };
        let Some(task) = service.task().known() else { continue };
        // Windows containers ignore the setting.
        if task.operating_system().known().is_some_and(|system| system.starts_with("WINDOWS")) {
            continue;
        }
        for container in task.containers() {
            let Known(true, place) = container.view.bool("readonlyRootFilesystem") else { continue };
            if may_write(container) {
                continue;
            }
            report.add(
                Finding::at(place, format!("ECS Exec cannot open a session in {}, because its root file system is read-only", container.called()))
                    .label(at, "ECS Exec is enabled")
                    .help("mount writable volumes at `/var/lib/amazon/ssm` and `/var/log/amazon/ssm`, or disable ECS Exec"),
            );
        }
    }
}

/// Whether a volume may be mounted where the agent writes.
fn may_write(container: Container) -> bool {
    let mounts = container.view.list("mountPoints");
    let covers = |mount: View| match mount.str("containerPath") {
        Known(path, _) => "/var/lib/amazon/ssm".starts_with(path.trim_end_matches('/')),
        _ => true,
    };
    !mounts.is_complete() || mounts.iter().any(covers)
}
