//! See `rules/invalid-daemon.md`.

use super::prelude::*;
use crate::model::Kind;

/// Reports daemons with the task definition of a service, or with a capacity provider without Managed Instances.
pub fn check(project: &Project, report: &mut Report) {
    for daemon in project.of(Kind::Daemon) {
        let view = project.view(daemon);
        report.extend(of_a_service(project, view));
        let providers = view.list("capacityProviderArns").iter();
        report.extend(providers.filter_map(|provider| without_managed_instances(project, provider)));
    }
}

fn of_a_service(project: &Project, daemon: View) -> Option<Finding> {
    let field = daemon.field("daemonTaskDefinitionArn");
    let node = &field.entry()?.value;
    let is_arn = node.as_str().is_some_and(|arn| arn.contains(":task-definition/"));
    let other = project.resolve(&[Kind::Task], node).known();
    (is_arn || other.is_some()).then(|| {
        Finding::at(node, format!("`{field}` must be a daemon task definition, not one for services"))
            .labels(other.map(|task| (Place::header(task), "a task definition for services")))
            .help("register the containers as a daemon task definition")
    })
}

fn without_managed_instances(project: &Project, provider: View) -> Option<Finding> {
    let other = project.resolve(&[Kind::CapacityProvider], provider.node).known();
    let group = other.and_then(|it| project.view(it).object("autoScalingGroupProvider").known_at());
    let name = provider.node.as_str().and_then(|arn| arn.rsplit('/').next());
    let is_fargate = matches!(name, Some("FARGATE" | "FARGATE_SPOT"));
    (is_fargate || group.is_some()).then(|| {
        let message = "a daemon runs only on capacity providers with Managed Instances";
        Finding::at(provider.place(), message)
            .labels(group.map(|(_, place)| (place, "this capacity provider has an Auto Scaling group")))
            .help("use the ARN of a Managed Instances capacity provider")
    })
}
