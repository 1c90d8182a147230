//! See `rules/instance-too-small.md`.

use super::prelude::*;
use crate::model::{Hosts, InstanceType};

/// Reports services whose cluster has no instance that is large enough, or too few for the desired count.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(Compute::Instances, compute) = service.compute() else { continue };
        let (Some(hosts), Some(task)) = (service.hosts(), service.task().known()) else { continue };
        let Some(instances) = instances(&hosts) else { continue };
        let found = too_large(task, &instances).or_else(|| too_many(service, task, &instances));
        if let Some(finding) = found {
            let finding = finding.label(service.anchor(), "the service that runs the task");
            let finding = finding.label(compute, service.compute_reason());
            report.add(if hosts.is_exhaustive && !service.runs_no_tasks() {
                finding.error()
            } else {
                finding
            });
        }
    }
}

/// An instance type of a group.
struct Instances {
    kind: InstanceType,
    place: Place,
    /// The index of the group.
    group: usize,
    /// The maximum number of instances in the group; `None` if unknown.
    most: Option<i64>,
}

/// All instance types; `None` unless all are known.
fn instances(hosts: &Hosts) -> Option<Vec<Instances>> {
    let mut found = Vec::new();
    for (group, host) in hosts.groups.iter().enumerate() {
        for (name, place) in host.types()? {
            found.push(Instances { kind: InstanceType::of(name)?, place, group, most: host.most() });
        }
    }
    Some(found)
}

/// The least amount of a resource that a task requires, and where it is set. Unknown amounts count as zero.
struct Need {
    amount: i64,
    place: Place,
}

fn need(task: Task, whole: Value<i64>, of_container: impl Fn(Container) -> Option<(i64, Place)>) -> Need {
    if let Known(amount, place) = whole {
        return Need { amount, place };
    }
    let asked: Vec<(i64, Place)> = task.containers().filter_map(of_container).collect();
    let most = asked.iter().max_by_key(|(amount, _)| *amount);
    let place = most.map_or_else(|| task.anchor(), |(_, place)| *place);
    Need { amount: asked.iter().map(|(amount, _)| amount).sum(), place }
}

/// Reports a task that fits on no instance. The system uses part of the memory, so a task that requires all of it never
/// fits.
fn too_large(task: Task, instances: &[Instances]) -> Option<Finding> {
    let cpu = need(task, task.cpu(), |container| container.view.int("cpu").known_at());
    let memory = need(task, task.memory(), |container| {
        let fields = container.view.fields(["memoryReservation", "memory"]);
        fields.into_iter().find_map(|field| field.int().known_at())
    });
    let (need, unit) = if instances.iter().all(|group| cpu.amount > group.kind.cpu) {
        (cpu, "CPU units")
    } else if instances.iter().all(|group| memory.amount >= group.kind.memory) {
        (memory, "MiB of memory")
    } else {
        return None;
    };
    let message = format!(
        "the task requires {} {unit}, but no instance in the cluster has enough available",
        need.amount
    );
    let labels = instances.iter().map(|Instances { kind, place, .. }| match unit {
        "CPU units" => (*place, format!("`{}` has {} CPU units", kind.name, kind.cpu)),
        _ => (*place, format!("`{}` has {} MiB, part of which the system uses", kind.name, kind.memory)),
    });
    Some(
        Finding::at(need.place, message)
            .labels(labels)
            .help("reduce the task's requirements, or use larger instances"),
    )
}

/// Reports more tasks than network interfaces: each task in `awsvpc` mode uses one, and so does the instance.
fn too_many(service: Service, task: Task, instances: &[Instances]) -> Option<Finding> {
    let Known(NetworkMode::Awsvpc, mode_at) = task.network_mode() else { return None };
    let Known(desired, place) = service.view.int("desiredCount") else { return None };
    if service.ignores("desiredCount") || service.daemon().is_some() {
        return None;
    }
    let places = places(instances)?;
    if desired <= places {
        return None;
    }
    let s = if places == 1 { "" } else { "s" };
    let labels = instances.iter().map(|Instances { kind, most, place, .. }| {
        let (most, each) = (most.unwrap_or_default(), kind.interfaces.unwrap_or_default());
        let name = &kind.name;
        (
            *place,
            format!(
                "`{name}`: at most {most}, each with {each} network interfaces (1 for the instance itself)"
            ),
        )
    });
    Some(
        Finding::at(
            place,
            format!("the desired count is {desired}, but the cluster's instances have network interfaces for only {places} task{s}"),
        )
        .label(mode_at, task.network_mode_reason())
        .labels(labels)
        .help("use more or larger instances, or use `bridge` network mode"),
    )
}

/// The number of tasks for which the instances have network interfaces; of several types in a group, the one with the most
/// counts.
fn places(instances: &[Instances]) -> Option<i64> {
    let mut groups: Vec<i64> = Vec::new();
    for instance in instances {
        let places = (instance.kind.interfaces? - 1) * instance.most?;
        match groups.get_mut(instance.group) {
            Some(most) => *most = places.max(*most),
            None => groups.push(places),
        }
    }
    Some(groups.iter().sum())
}
