//! See `rules/no-container-instances.md`.

use super::prelude::*;
use crate::model::{Host, Kind, Link, Resource};

/// Reports services on EC2 in a cluster for which the configuration defines no instances.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        report.extend(never_started(project, service));
        let Known(Compute::Instances, place) = service.compute() else { continue };
        let Some(cluster) = service.cluster().known() else { continue };
        if service.strategy_items().next().is_some()
            || service.view.int("desiredCount").known() == Some(0)
            || service.launch_type().known().is_some_and(|name| name != "EC2")
        {
            continue;
        }
        if cluster.is_without_instances() && !matches!(cluster.capacity(), Link::Unknown) {
            report.add(
                Finding::at(
                    place,
                    format!(
                        "{} runs on EC2, but the files do not define any instances for its cluster",
                        service.called()
                    ),
                )
                .label(place, service.compute_reason())
                .label(cluster.anchor(), "the cluster")
                .help(format!(
                    "add container instances to the cluster, or set `{}` to `FARGATE`",
                    service.view.field("launchType")
                )),
            );
        }
    }
}

/// Reports a service whose groups of instances are empty, and stay empty unless somebody else changes their size.
fn never_started(project: &Project, service: Service) -> Option<Finding> {
    let hosts = service.hosts().filter(|hosts| hosts.is_exhaustive && !service.runs_no_tasks())?;
    let empty = hosts.groups.iter().map(|host| empty(project, *host)).collect::<Option<Vec<_>>>()?;
    let (place, group) = *empty.first()?;
    let message = format!(
        "nothing starts an instance for {}: its Auto Scaling group has none, and nothing scales it",
        service.called()
    );
    Some(
        Finding::at(place, message)
            .label(Place::header(group), "the Auto Scaling group")
            .label(service.anchor(), "the service")
            .help("enable managed scaling, or raise the minimum size of the group"),
    )
}

/// The place that says that ECS does not scale a group, or the minimum of a group without a capacity provider, if the group has
/// no instances and nothing else in the files scales it.
fn empty<'a>(project: &Project<'a>, host: Host<'a>) -> Option<(Place, &'a Resource)> {
    let group = host.group;
    let view = project.view(group);
    let Known(0, at) = view.int("MinSize") else { return None };
    let is_scaled = ["DesiredCapacity", "MinSize"].iter().any(|key| group.ignores(key))
        || project.has_opaque_refs(group)
        || project.calls_unread_modules(group.unit());
    if is_scaled || !matches!(view.int("DesiredCapacity"), Missing | Known(0, _)) {
        return None;
    }
    let mut place = at;
    for provider in project.of(Kind::CapacityProvider) {
        let Some(own) = project.view(provider).object("autoScalingGroupProvider").known() else { continue };
        let named = &own.entry("autoScalingGroupArn")?.value;
        match project.resolve(&[Kind::Instances], named) {
            Link::To(other) if !other.is(group) => {}
            Link::To(_) => {
                let status = own.object("managedScaling").then(|scaling| scaling.str("status"));
                let Known("DISABLED", at) = status else { return None };
                place = at;
            }
            Link::Unknown | Link::None => return None,
        }
    }
    Some((place, group))
}
