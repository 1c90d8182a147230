//! See `rules/host-namespace.md`.

use super::prelude::*;

/// Reports task definitions that share namespaces with the host, except agents. Tasks on Fargate have no host.
pub fn check(project: &Project, report: &mut Report) {
    let on_instances = project.tasks().filter(|task| task.requires("FARGATE").is_none());
    for task in on_instances.filter(|task| !task.is_agent()) {
        let [process, ipc] = task.view.fields(["pidMode", "ipcMode"]);
        let remove = "remove it, unless the task monitors the instance";
        report.extend([
            host(process, "containers can see and signal every process on the instance", remove),
            host(ipc, "containers share memory with every process on the instance", remove),
        ]);
    }
}

fn host(mode: Field, effect: &str, help: &str) -> Option<Finding> {
    let Known("host", place) = mode.str() else { return None };
    Some(Finding::at(place, format!("`{mode}` is `host`: {effect}")).help(help))
}
