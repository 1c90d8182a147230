//! See `rules/host-namespace.md`.

use super::prelude::*;

/// Reports task definitions that share namespaces with the host. Fargate has no host.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.requires("FARGATE").is_none()) {
        let [network, process, ipc] = task.view.fields(["networkMode", "pidMode", "ipcMode"]);
        let remove = "remove it, unless the task is there to watch the instance";
        report.extend([
            host(
                network,
                "the containers can reach all that listens on the instance, its metadata included",
                "use `awsvpc` or `bridge`, unless the task is there to watch the instance",
            ),
            host(process, "the containers see and can signal every process of the instance", remove),
            host(ipc, "the containers share memory with every process of the instance", remove),
        ]);
    }
}

fn host(mode: Field, effect: &str, help: &str) -> Option<Finding> {
    let Known("host", place) = mode.str() else { return None };
    Some(Finding::at(place, format!("`{mode}` is `host`: {effect}")).help(help))
}
