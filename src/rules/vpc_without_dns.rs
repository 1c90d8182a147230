//! See `rules/vpc-without-dns.md`.

use super::prelude::*;
use super::support::idle;
use crate::model::{Kind, Launch, Resource};

/// Reports VPCs whose tasks cannot resolve names, or those in private zones, and VPC endpoints whose names AWS refuses to create.
pub fn check(project: &Project, report: &mut Report) {
    for launch in project.launches() {
        if let Some(found) = without_resolver(project, &launch) {
            report.join(idle::at_most_warning_of(&launch, found));
        }
    }
    for service in project.services() {
        report.extend(unresolved_zone(project, service).map(|found| idle::at_most_warning(service, found)));
    }
    for endpoint in project.of(Kind::VpcEndpoint) {
        if let Some(found) = without_host_names(project, endpoint) {
            report.join(found);
        }
    }
}

fn without_resolver(project: &Project, launch: &Launch) -> Option<Finding> {
    let vpc = project.vpc_made_for(&launch.subnets())?;
    let (false, place) = project.view(vpc).bool("EnableDnsSupport").known_at()? else { return None };
    if project.may_have_own_resolver(vpc) {
        return None;
    }
    let message = "the VPC has no DNS resolver, so the tasks cannot find registries and AWS services";
    let proofs: Vec<_> = launch.needs.iter().filter_map(|need| need.proof).collect();
    proofs.first()?;
    let finding = Finding::at(place, message)
        .labels(proofs)
        .labels([launch.starter()])
        .labels([launch.compute.clone()]);
    let name = project.view(vpc).field("EnableDnsSupport");
    Some(finding.help(format!("set `{name}` to true")))
}

/// Returns a VPC whose tasks get a name in a private zone, which it does not resolve without host names.
fn unresolved_zone(project: &Project, service: Service) -> Option<Finding> {
    let vpc = project.vpc_made_for(&service.origin_subnets())?;
    if project.may_have_own_resolver(vpc) || project.has_opaque_refs(vpc) {
        return None;
    }
    let anchor = Place::header(vpc);
    let field = project.view(vpc).field("EnableDnsHostnames");
    let (false, _) = field.bool().or_default(false, anchor).known_at()? else { return None };
    let task = service.task().known()?;
    let values = task.containers().flat_map(Container::servers);
    let mut names = values.flat_map(|(_, value)| {
        let names = project.private_names(value, service.resource).into_iter();
        names.map(move |name| (value, name))
    });
    let (value, name) =
        names.find(|(_, name)| name.vpcs.iter().any(|home| project.is_vpc(&home.vpc, vpc)))?;
    let place = field.entry().map_or(anchor, |entry| Place::from(&entry.value));
    let message = format!("names in private zones require `{field}`");
    let finding = Finding::at(place, message)
        .label(value, "the tasks get this name")
        .label(Place::header(name.zone), "the private zone of the name")
        .label(service.anchor(), "the service that runs the tasks");
    Some(finding.help(format!("set `{field}` of the VPC to true")))
}

fn without_host_names(project: &Project, endpoint: &Resource) -> Option<Finding> {
    let (true, private) = project.view(endpoint).bool("PrivateDnsEnabled").known_at()? else { return None };
    let vpc = project.vpc_made_by(project.view(endpoint).entry("VpcId").map(|entry| &entry.value)?)?;
    let fields = project.view(vpc).fields(["EnableDnsSupport", "EnableDnsHostnames"]);
    let anchor = Place::header(vpc);
    // A VPC has a resolver unless it is switched off, and no host names unless they are switched on.
    let off = fields.into_iter().zip([true, false]).find_map(|(field, default)| {
        let (is_on, _) = field.bool().or_default(default, anchor).known_at()?;
        (!is_on).then_some(field)
    })?;
    let place = off.entry().map_or(anchor, |entry| Place::from(&entry.value));
    let message = format!("private DNS names of a VPC endpoint require `{off}`");
    let finding = Finding::at(place, message).label(private, "this endpoint has private DNS names");
    Some(finding.help(format!("set `{off}` of the VPC to true")))
}
