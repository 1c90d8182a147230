//! See `rules/network-acl-blocks-traffic.md`.

use std::ops::RangeInclusive;

use super::prelude::*;
use super::support::acl_drops::{Connection, Drops, End, Harm, Use};
use crate::address::UnitId;
use crate::model::{AGENT, Callee, Entrance, HTTPS, Launch, Need, Step};
use crate::value::Node;

/// The port of NFS.
const NFS: RangeInclusive<i64> = 2049..=2049;
/// The ports from which tasks open connections, and so the destination of the responses: those of Linux and of Windows.
const OF_TASKS: RangeInclusive<i64> = 32_768..=65_535;
/// The ports from which load balancers, clients, and NAT gateways open connections.
const OF_OTHERS: RangeInclusive<i64> = 1024..=65_535;

/// Reports network ACLs that drop packets without which tasks cannot start or become healthy.
pub fn check(project: &Project, report: &mut Report) {
    let mut drops = Drops::default();
    let is_idle = |launch: &Launch| launch.service.is_some_and(Service::runs_no_tasks);
    for launch in project.launches().iter().filter(|launch| !is_idle(launch)) {
        let way = (launch.subnets(), launch.interface.owner.unit());
        of_needs(&mut drops, project, &way, &launch.needs);
    }
    for service in project.services().filter(|service| !service.runs_no_tasks()) {
        of_instances(&mut drops, project, service);
        for entry in service.load_balancers() {
            of_balancer(&mut drops, project, entry);
        }
        of_files(&mut drops, project, service);
        of_inputs(&mut drops, project, service);
    }
    report.extend(drops.findings());
}

fn used(place: impl Into<Place>, says: impl Into<String>) -> Use {
    Use { place: place.into(), says: says.into(), harms: Harm::Tasks }
}

/// Records what keeps instances from joining their cluster, and from what tasks on them need to start.
fn of_instances<'a>(drops: &mut Drops<'a>, project: &Project<'a>, service: Service<'a>) {
    let Some(hosts) = service.hosts().filter(|hosts| hosts.is_exhaustive) else { return };
    for host in hosts.groups {
        let Some(subnets) = host.subnets() else { continue };
        let proof = Some((host.anchor(), "the instances are launched from this resource"));
        let joining = Need { step: Step::Join, services: AGENT.to_vec(), region: None, proof, reads: None };
        let needs = [vec![joining], service.host_needs()].concat();
        of_needs(drops, project, &(subnets, host.group.unit()), &needs);
    }
}

/// Records what keeps something in each of some subnets from reaching registries and AWS services.
fn of_needs<'a>(
    drops: &mut Drops<'a>,
    project: &Project<'a>,
    (subnets, unit): &(Vec<&'a Node>, UnitId),
    needs: &[Need],
) {
    for need in needs {
        let Some(uses) = need.proof.map(|(place, says)| [used(place, says)]) else { continue };
        let mut open = |to: End<'_, 'a>, uses: &[Use]| {
            let from = End::Each(subnets);
            drops.of(project, &Connection { from, to, from_ports: OF_TASKS, to_ports: HTTPS }, uses);
        };
        let is_outside = need.services.is_empty() && project.may_leave(subnets);
        if is_outside {
            open(End::Internet, &uses);
        }
        let mut leaves = is_outside;
        for service in &need.services {
            match project.entrance(subnets, *unit, service) {
                Some(Entrance::Public) => {
                    open(End::Internet, &uses);
                    leaves = true;
                }
                Some(Entrance::Private(endpoints)) => open(End::One(&endpoints), &uses),
                None => {}
            }
        }
        if leaves {
            of_gateways(drops, project, subnets, &uses);
        }
    }
}

/// Records what keeps packets from some subnets to the internet from passing the subnets of their NAT gateways.
fn of_gateways<'a>(drops: &mut Drops<'a>, project: &Project<'a>, subnets: &[&'a Node], uses: &[Use]) {
    for subnet in subnets {
        let Some((gateway, own)) = project.nat_gateway_of(subnet) else { continue };
        let (tasks, own) = ([*subnet], [own]);
        let passes = used(Place::header(gateway), "the packets of the tasks pass this NAT gateway");
        let uses = [uses, &[passes]].concat();
        let into =
            Connection { from: End::Far(&tasks), to: End::One(&own), from_ports: OF_TASKS, to_ports: HTTPS };
        let out =
            Connection { from: End::One(&own), to: End::Internet, from_ports: OF_OTHERS, to_ports: HTTPS };
        drops.of(project, &into, &uses);
        drops.of(project, &out, &uses);
    }
}

/// Records what keeps a load balancer from reaching the tasks or their instances, and clients from reaching it.
fn of_balancer<'a>(drops: &mut Drops<'a>, project: &Project<'a>, entry: LoadBalancer<'a>) {
    let Some(group) = entry.target_group().known() else { return };
    let Some(balancer) = project.only_balancer(group.resource) else { return };
    let balancer = Balancer::new(*project, balancer);
    let Some(from) = balancer.all_subnets() else { return };
    let uses = [used(entry.join_place(), "the load balancer sends traffic to the tasks")];
    if let Some((subnets, to_ports)) = entry.targets() {
        let (from, to) = (End::One(&from), End::Each(&subnets));
        drops.of(project, &Connection { from, to, from_ports: OF_OTHERS, to_ports }, &uses);
    }
    if !balancer.is_certainly_public() {
        return;
    }
    for (port, place) in balancer.ports_to(group) {
        let uses = [Use { harms: Harm::Clients, ..used(place, "clients connect to this port") }];
        let (from, to) = (End::Internet, End::Each(&from));
        drops.of(project, &Connection { from, to, from_ports: OF_OTHERS, to_ports: port..=port }, &uses);
    }
}

/// Records what keeps the tasks from mounting file systems.
fn of_files<'a>(drops: &mut Drops<'a>, project: &Project<'a>, service: Service<'a>) {
    let Some(task) = service.task().known() else { return };
    for efs in task.volumes().filter_map(Volume::efs) {
        let Some(named) = efs.view.entry("fileSystemId") else { continue };
        let system = project.file_system_of(&named.value).known();
        let Some(targets) = system.and_then(|system| project.mount_targets(system)) else { continue };
        let subnets: Option<Vec<_>> = targets.iter().map(|target| target.request.get("SubnetId")).collect();
        let Some(subnets) = subnets else { continue };
        let uses = [used(&named.value, "the tasks mount this file system")];
        let own = service.origin_subnets();
        let (from, to) = (End::Each(&own), End::One(&subnets));
        drops.of(project, &Connection { from, to, from_ports: OF_TASKS, to_ports: NFS }, &uses);
    }
}

/// Records what keeps the tasks from databases and services whose addresses or names they get.
fn of_inputs<'a>(drops: &mut Drops<'a>, project: &Project<'a>, service: Service<'a>) {
    let Some(task) = service.task().known() else { return };
    let own = service.origin_subnets();
    let from = End::Each(&own);
    for (_, value, within) in task.containers().flat_map(Container::inputs) {
        for database in project.databases_in(within).into_iter().filter(|database| !database.is_public()) {
            let Some(subnets) = database.subnets() else { continue };
            let uses = [used(value, format!("the tasks connect to this {}", database.noun()))];
            let (to, to_ports) = (End::One(&subnets), database.port_range());
            drops.of(project, &Connection { from, to, from_ports: OF_TASKS, to_ports }, &uses);
        }
    }
    for (_, value) in task.containers().flat_map(Container::servers) {
        let callees = service.callees(value);
        let Some(to_ports) = Callee::ports(&callees) else { continue };
        let subnets: Vec<_> = callees.iter().flat_map(|callee| callee.service.subnets()).collect();
        let uses = [used(value, "the tasks connect to this name")];
        let to = End::One(&subnets);
        drops.of(project, &Connection { from, to, from_ports: OF_TASKS, to_ports }, &uses);
    }
}
