//! See `rules/scheduled-task-network.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::NetworkMode;
use crate::project::{Document, Kind, Project};
use crate::rules::Report;
use crate::value::Value::{self, Known};
use crate::value::View;

/// Reports targets of EventBridge that start tasks in a way that their launch type does not have.
pub fn check(project: &Project, report: &mut Report) {
    let targets = project.of(Kind::EventTarget).map(|document| (document, Some(project.view(document))));
    let schedules = project
        .of(Kind::Schedule)
        .map(|document| (document, project.view(document).object("Target").known()));
    for (document, target) in targets.chain(schedules) {
        let Some(tasks) = target.and_then(|target| target.object("EcsParameters").known()) else { continue };
        let Known(launch, place) = tasks.str("LaunchType") else {
            if let Some(finding) = in_awsvpc_mode(project, document, tasks) {
                report.add(finding);
            }
            continue;
        };
        let why = (place, format!("the launch type is `{launch}`"));
        let findings = match launch {
            "FARGATE" => vec![without_network(document, tasks)],
            "EC2" => {
                let network = in_awsvpc_mode(project, document, tasks);
                vec![network, public_address(tasks), platform_version(tasks)]
            }
            _ => Vec::new(),
        };
        for finding in findings.into_iter().flatten() {
            report.add(finding.label(why.0, why.1.clone()));
        }
    }
}

fn without_network(document: &Document, tasks: View) -> Option<Finding> {
    missing_network(document, tasks, "runs on Fargate and")
}

/// Whatever it runs on, a task of this mode needs subnets.
fn in_awsvpc_mode(project: &Project, document: &Document, tasks: View) -> Option<Finding> {
    let named = tasks.entry("TaskDefinitionArn")?;
    let task = project.task_named(&named.value, document.scope).known()?;
    let Known(NetworkMode::Awsvpc, place) = task.network_mode() else { return None };
    let finding = missing_network(document, tasks, "is in `awsvpc` mode and")?;
    Some(finding.label(place, task.network_mode_reason()))
}

fn missing_network(document: &Document, tasks: View, why: &str) -> Option<Finding> {
    let is_missing = match tasks.object("NetworkConfiguration") {
        Known(network, _) => network.any("awsvpcConfiguration").is_missing(),
        Value::Unknown(_) => false,
        Value::Missing => true,
    };
    let at = match document.address {
        Some(_) => tasks.place(),
        None => Place::from(document.title),
    };
    let term = tasks.term("NetworkConfiguration");
    is_missing.then(|| {
        Finding::at(at, format!("the scheduled task {why} has no `{term}`"))
            .help(format!("add `{term}` with the subnets that the task runs in"))
    })
}

fn public_address(tasks: View) -> Option<Finding> {
    let network = tasks.object("NetworkConfiguration").known()?;
    let network = network.object("awsvpcConfiguration").known()?;
    let Known("ENABLED", at) = network.str("AssignPublicIp") else { return None };
    let term = network.term("AssignPublicIp");
    Some(
        Finding::at(at, format!("`{term}` is on, but tasks on EC2 get no public address"))
            .help(format!("remove `{term}`, or run the task on Fargate")),
    )
}

fn platform_version(tasks: View) -> Option<Finding> {
    let Known(version, at) = tasks.str("PlatformVersion") else { return None };
    let term = tasks.term("PlatformVersion");
    Some(
        Finding::at(at, format!("the platform version `{version}` is Fargate's, and the task runs on EC2"))
            .help(format!("remove `{term}`, or run the task on Fargate")),
    )
}
