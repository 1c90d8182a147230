//! See `rules/scheduled-task-network.md`.

use super::prelude::*;
use crate::model::{Kind, Resource};

/// Reports EventBridge targets whose network settings do not match the launch type or network mode of their tasks.
pub fn check(project: &Project, report: &mut Report) {
    let targets = project.of(Kind::EventTarget).map(|resource| (resource, Some(project.view(resource))));
    let schedules = project
        .of(Kind::Schedule)
        .map(|resource| (resource, project.view(resource).object("Target").known()));
    for (resource, target) in targets.chain(schedules) {
        let Some(tasks) = target.and_then(|target| target.object("EcsParameters").known()) else { continue };
        let Known(launch, place) = tasks.str("LaunchType") else {
            report.extend(in_awsvpc_mode(project, resource, tasks));
            continue;
        };
        let findings = match launch {
            "FARGATE" => vec![missing_network(resource, tasks, "on Fargate")],
            "EC2" => {
                let network = in_awsvpc_mode(project, resource, tasks);
                vec![network, public_address(tasks), platform_version(tasks)]
            }
            _ => Vec::new(),
        };
        let found = findings.into_iter().flatten();
        report.extend(found.map(|finding| finding.label(place, format!("the launch type is `{launch}`"))));
    }
}

/// Reports a missing network configuration in `awsvpc` network mode, which requires subnets on every launch type.
fn in_awsvpc_mode(project: &Project, resource: &Resource, tasks: View) -> Option<Finding> {
    let named = tasks.entry("TaskDefinitionArn")?;
    let task = project.task_named(&named.value, resource).known()?;
    let Known(NetworkMode::Awsvpc, place) = task.network_mode() else { return None };
    let finding = missing_network(resource, tasks, "in `awsvpc` network mode")?;
    Some(finding.label(place, task.network_mode_reason()))
}

fn missing_network(resource: &Resource, tasks: View, somewhere: &str) -> Option<Finding> {
    let field = tasks.field("NetworkConfiguration");
    let is_missing = field.object().then(|network| network.any("awsvpcConfiguration")).is_missing();
    let at = if resource.is_declared() { tasks.place() } else { Place::header(resource) };
    is_missing.then(|| {
        Finding::at(at, format!("the scheduled task has no `{field}`, which is required {somewhere}"))
            .help(format!("add `{field}` with the subnets for the task"))
    })
}

fn public_address(tasks: View) -> Option<Finding> {
    let network = tasks.object("NetworkConfiguration").known()?;
    let network = network.object("awsvpcConfiguration").known()?;
    let field = network.field("AssignPublicIp");
    let Known("ENABLED", at) = field.str() else { return None };
    Some(
        Finding::at(at, format!("`{field}` is not supported on EC2"))
            .help(format!("remove `{field}`, or run the task on Fargate")),
    )
}

fn platform_version(tasks: View) -> Option<Finding> {
    let field = tasks.field("PlatformVersion");
    let Known(version, at) = field.str() else { return None };
    Some(
        Finding::at(at, format!("platform version `{version}` is not supported on EC2"))
            .help(format!("remove `{field}`, or run the task on Fargate")),
    )
}
