//! See `rules/server-name-unresolved.md`.

use super::prelude::*;
use super::support::idle;
use super::support::suggest::hint;
use crate::model::{Misled, PrivateName, Vpc, VpcMembership};
use crate::value::Node;

/// Reports names in the environment of tasks that lead to nothing from there.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(task) = service.task().known() else { continue };
        for container in task.containers() {
            for (_, value) in container.servers() {
                let found =
                    service.misled(container, value).map(|misled| finding(project, service, value, misled));
                let found = found.or_else(|| misspelled(project, service, value));
                if let Some(found) = found {
                    let found = found.label(service.anchor(), "the service that runs the tasks");
                    report.join(idle::at_most_warning(service, found));
                }
            }
        }
    }
}

fn finding(project: &Project, service: Service, value: &Node, misled: Misled) -> Finding {
    match misled {
        Misled::WithoutConnect(alias) => {
            let message = "this name exists only in Service Connect, which the tasks do not use";
            let found = Finding::at(value, message)
                .label(alias.place, "the alias of Service Connect")
                .help("enable Service Connect for the service that connects, in the same namespace");
            // Other VPCs may have a search domain that completes the name.
            let vpc = project.vpc_made_for(&service.origin_subnets());
            let is_plain = vpc.is_some_and(|vpc| !project.may_have_own_resolver(vpc));
            let cluster = service.cluster().known();
            let is_certain =
                is_plain && cluster.is_some_and(|cluster| cluster.view.is_missing("serviceConnectDefaults"));
            if is_certain { found } else { found.warning() }
        }
        Misled::OtherNamespace { alias, ours, theirs } => {
            let message = "this name exists only in another namespace of Service Connect";
            Finding::at(value, message)
                .label(ours, "the namespace of the tasks that connect")
                .label(theirs, "the namespace of the alias")
                .label(alias.place, "the alias of Service Connect")
                .help("use the same namespace for both services")
        }
        Misled::OtherPort { alias, port, used } => {
            let message = format!("Service Connect has this name on port {port}, not on {used}");
            Finding::at(value, message)
                .label(alias.place, "the alias of Service Connect")
                .help(format!("use port {port}"))
        }
        Misled::OtherVpc { name, ours } => in_other_vpc(value, &name, &ours),
    }
}

fn in_other_vpc(value: &Node, name: &PrivateName, ours: &VpcMembership) -> Finding {
    let theirs =
        name.vpcs.iter().map(|home| (home.place, format!("only {} resolves its names", home.vpc.called())));
    let message = format!("the VPC of the tasks does not resolve names in the zone of `{}`", name.name);
    let found = Finding::at(value, message)
        .label(Place::header(name.zone), "the zone of the name")
        .labels(theirs)
        .label(ours.place, "the VPC of the tasks")
        .help("associate the zone with the VPC of the tasks, or create it there");
    // A public zone, or somebody who owns the VPC, may have another record with this name.
    let is_certain = name.is_internal() && matches!(ours.vpc, Vpc::Made(_));
    if is_certain { found } else { found.warning() }
}

/// Returns a name in a namespace of the files that differs by a typo from the only service that it can mean.
fn misspelled(project: &Project, service: Service, value: &Node) -> Option<Finding> {
    let (name, record) = project.nearest_name(value, service.resource)?;
    let message =
        format!("no service has this name in its namespace, but the configuration defines `{name}`");
    let found = Finding::at(value, message).label(Place::header(record), "the service in this namespace");
    Some(hint(found, &name).warning())
}
