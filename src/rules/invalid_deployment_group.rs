//! See `rules/invalid-deployment-group.md`.

use super::prelude::*;
use crate::model::{Kind, Resource};
use crate::suggest::nearest;
use crate::value::Node;

/// The number of target groups between which CodeDeploy shifts the traffic of a service.
const GROUPS: usize = 2;

/// Reports deployment groups of services for which CodeDeploy cannot deploy.
pub fn check(project: &Project, report: &mut Report) {
    for group in project.of(Kind::DeploymentGroup) {
        let view = project.view(group);
        if let Known(_, service) = view.object("ecsService") {
            report.extend([other_platform(project, group, service), without_balancer(group, view, service)]);
            report.extend([wrong_pair(view, service), scaled_instances(view, service)]);
            report.extend(surplus_listeners(view, service));
            report.extend([misspelled_configuration(view, service), configuration_of_others(view, service)]);
            report.extend(other_controller(project, group));
        }
    }
}

/// The deployment configurations of AWS for ECS.
const CONFIGURATIONS: [&str; 5] = [
    "CodeDeployDefault.ECSAllAtOnce",
    "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
    "CodeDeployDefault.ECSLinear10PercentEvery3Minutes",
    "CodeDeployDefault.ECSCanary10Percent5Minutes",
    "CodeDeployDefault.ECSCanary10Percent15Minutes",
];

/// Warns of the name of a deployment configuration that differs by a typo from one of AWS. An account could have one with that name.
fn misspelled_configuration(view: View, service: Place) -> Option<Finding> {
    let field = view.field("deploymentConfigName");
    let (name, at) = field.str().known_at()?;
    let is_of_aws = name.starts_with("CodeDeployDefault.ECS") && !CONFIGURATIONS.contains(&name);
    let near = nearest(name, CONFIGURATIONS).filter(|_| is_of_aws)?;
    let message = format!("`{name}` is not one of the deployment configurations of CodeDeploy");
    Some(
        Finding::at(at, message)
            .label(service, "the ECS service of the deployment group")
            .help(format!("use `{near}`"))
            .warning(),
    )
}

/// The deployment configurations of AWS for instances.
const OF_SERVERS: [&str; 3] =
    ["CodeDeployDefault.OneAtATime", "CodeDeployDefault.HalfAtATime", "CodeDeployDefault.AllAtOnce"];

/// Warns of a deployment configuration of AWS for another compute platform.
fn configuration_of_others(view: View, service: Place) -> Option<Finding> {
    let field = view.field("deploymentConfigName");
    let (name, at) = field.str().known_at()?;
    let platform = match name {
        _ if OF_SERVERS.contains(&name) => "EC2",
        _ if name.starts_with("CodeDeployDefault.Lambda") => "Lambda",
        _ => return None,
    };
    let message = format!("`{name}` is a deployment configuration for {platform}");
    Some(
        Finding::at(at, message)
            .label(service, "the ECS service of the deployment group")
            .help(format!("use `{}`", CONFIGURATIONS[0]))
            .warning(),
    )
}

/// Reports Auto Scaling groups, whose instances CodeDeploy deploys to only on EC2.
fn scaled_instances(view: View, service: Place) -> Option<Finding> {
    let field = view.field("autoScalingGroups");
    let first = field.list().iter().find(|group| group.node.as_str().is_some())?;
    let message = format!("`{field}` is not supported for the deployment group of an ECS service");
    Some(
        Finding::at(first.place(), message)
            .label(service, "the ECS service of the deployment group")
            .help(format!("remove `{field}`")),
    )
}

/// Reports an application of another compute platform; the default is `Server`.
fn other_platform(project: &Project, group: &Resource, service: Place) -> Option<Finding> {
    let view = project.view(group);
    let named = view.entry("applicationName")?;
    let application = project.application(&named.value, group)?;
    let field = project.view(application).field("computePlatform");
    let (platform, at) = match field.str() {
        Known(platform, at) => (platform, at),
        Missing => ("Server", Place::header(application)),
        Unknown(_) => return None,
    };
    let verb = if field.is_missing() { "defaults to" } else { "is" };
    (platform != "ECS").then(|| {
        let message = format!(
            "`{field}` of the application {verb} `{platform}`, but its deployment group is for an ECS service"
        );
        Finding::at(at, message)
            .label(service, "the ECS service of the deployment group")
            .label(&named.value, "the application of the deployment group")
            .help(format!("set `{field}` to `ECS`"))
    })
}

/// Reports a service that CodeDeploy does not deploy.
fn other_controller(project: &Project, group: &Resource) -> Option<Finding> {
    let service = project.deployed_by(group)?;
    let (controller, at) = service.controller().known_at()?;
    (controller != "CODE_DEPLOY").then(|| {
        let message = format!(
            "the deployment group requires the deployment controller `CODE_DEPLOY`, but the service has `{controller}`"
        );
        Finding::at(at, message)
            .label(Place::header(group), "the deployment group of the service")
            .help("set the type of the deployment controller to `CODE_DEPLOY`, or remove the deployment group")
    })
}

fn without_balancer(group: &Resource, view: View, service: Place) -> Option<Finding> {
    let field = view.field("loadBalancerInfo");
    let message = format!("`{field}` is required for the deployment group of an ECS service");
    field.is_missing().then(|| {
        Finding::at(Place::header(group), message)
            .label(service, "the ECS service of the deployment group")
            .help("add a pair of target groups and the listener that forwards to one of them")
    })
}

fn wrong_pair(view: View, service: Place) -> Option<Finding> {
    let pairs = view.object("loadBalancerInfo").known()?.list("targetGroupPairInfoList");
    let pair = pairs.objects().next()?;
    let groups = pair.list("targetGroups");
    let named = groups.counted()?;
    let at = pair.entry("targetGroups").map_or_else(|| pair.place(), |entry| Place::from(&entry.value));
    let finding = |at: Place, message: String| {
        Finding::at(at, message)
            .label(service, "the ECS service of the deployment group")
            .help("name the target group of the service and a second one, which its listener does not forward to yet")
    };
    if named.len() != GROUPS {
        let message =
            format!("CodeDeploy requires {GROUPS} target groups for an ECS service (got {})", named.len());
        return Some(finding(at, message));
    }
    let [first, second] = [named[0].get("name")?, named[1].get("name")?];
    let message = "CodeDeploy requires two different target groups for an ECS service".to_owned();
    first
        .certainly_equals(second)
        .then(|| finding(used(second), message).label(used(first), "the same target group"))
}

/// Reports a second listener for the traffic of clients or for test traffic.
fn surplus_listeners(view: View, service: Place) -> Vec<Finding> {
    let pairs = view.object("loadBalancerInfo").known().map(|info| info.list("targetGroupPairInfoList"));
    let Some(pair) = pairs.and_then(|pairs| pairs.objects().next()) else { return Vec::new() };
    let surplus = |route: Value<View>| {
        let route = route.known()?;
        let field = route.field("listenerArns");
        let listeners = field.list().counted()?;
        let [_, second, ..] = listeners.as_slice() else { return None };
        let message = format!("`{field}` must have exactly one listener (got {})", listeners.len());
        let finding =
            Finding::at(used(second), message).label(service, "the ECS service of the deployment group");
        Some(finding.help("name only the listener that forwards to one of the target groups"))
    };
    let routes = [pair.object("prodTrafficRoute"), pair.object("testTrafficRoute")];
    routes.into_iter().filter_map(surplus).collect()
}

/// The place where the deployment group itself names a target group, whose name may be written elsewhere.
fn used(name: &Node) -> Place {
    name.used.map_or_else(|| Place::from(name), Place::from)
}
