//! See `rules/windows-unsupported-parameter.md`.

use super::prelude::*;
use super::support::unsupported::{Given, Paths};

const OF_TASK: Paths = &["ipcMode", "pidMode", "proxyConfiguration"];

/// Without the flags that AWS ignores: `disableNetworking`, `privileged`, and `readonlyRootFilesystem`.
const OF_CONTAINER: Paths = &[
    "dnsSearchDomains",
    "dnsServers",
    "extraHosts",
    "links",
    "linuxParameters",
    "systemControls",
    "ulimits",
    "user",
];

/// Members that AWS rejects for Windows containers on Fargate.
const ON_FARGATE: Paths = &["environmentFiles"];

const REASON: &str = "the operating system is Windows";

/// Reports parameters that Windows containers do not support.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(system, place) = task.operating_system() else { continue };
        if !system.starts_with("WINDOWS") {
            continue;
        }
        let given = Given::of_task(task, OF_TASK)
            .chain(Given::of_containers(task, OF_CONTAINER))
            .filter(|given| !given.is_refused_anyway(task));
        report.extend(given.map(|given| given.report("on Windows", place, REASON)));
        let Some(fargate) = task.requires("FARGATE") else { continue };
        report.extend(Given::of_containers(task, ON_FARGATE).map(|given| {
            let finding = given.report("for Windows containers on Fargate", place, REASON);
            finding.label(fargate, "the task definition requires Fargate").error()
        }));
    }
}
