//! See `rules/windows-unsupported-parameter.md`.

use super::fargate_unsupported_parameter::{Given, finding, of_containers, of_task};
use super::{awsvpc_unsupported_parameter as awsvpc, fargate_unsupported_parameter as fargate};
use crate::model::{NetworkMode, Task};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

const OF_TASK: &[&str] = &["ipcMode", "pidMode", "proxyConfiguration"];

const OF_CONTAINER: &[&str] = &[
    "disableNetworking",
    "dnsSearchDomains",
    "dnsServers",
    "extraHosts",
    "links",
    "linuxParameters",
    "privileged",
    "readonlyRootFilesystem",
    "systemControls",
    "ulimits",
    "user",
];

/// What Windows containers have on EC2, but not on Fargate.
const ON_FARGATE: &[&str] = &["environmentFiles"];

/// Reports parameters that Windows containers do not have.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(system, place) = task.operating_system() else { continue };
        if !system.starts_with("WINDOWS") {
            continue;
        }
        let mut found = of_task(task, OF_TASK);
        found.extend(of_containers(task, OF_CONTAINER));
        for Given { entry, of } in
            found.into_iter().filter(|given| !is_said_elsewhere(task, &given.entry.key))
        {
            report.add(finding(entry, &of, "on Windows", place, "the operating system is Windows"));
        }
        let Some(fargate_at) = task.requires("FARGATE") else { continue };
        for Given { entry, of } in of_containers(task, ON_FARGATE) {
            let finding = finding(
                entry,
                &of,
                "by Windows containers on Fargate",
                place,
                "the operating system is Windows",
            );
            report.add(finding.label(fargate_at, "the task definition asks for Fargate here"));
        }
    }
}

/// Whether what is refused whatever the operating system is the finding of another rule.
fn is_said_elsewhere(task: Task, key: &str) -> bool {
    let in_awsvpc = task.network_mode().known() == Some(NetworkMode::Awsvpc);
    let on_fargate = task.requires("FARGATE").is_some();
    (in_awsvpc && awsvpc::OF_CONTAINER.contains(&key))
        || (on_fargate && (fargate::OF_TASK.contains(&key) || fargate::OF_CONTAINER.contains(&key)))
}
