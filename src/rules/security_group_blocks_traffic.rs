//! See `rules/security-group-blocks-traffic.md`.

use std::ops::RangeInclusive;

use super::prelude::*;
use super::support::idle;
use super::support::security_groups::{called_group, labels, place, spelled};
use crate::model::{DYNAMIC, Direction, Peer, SecurityGroupSet};

/// Reports services whose load balancer cannot reach the tasks because security groups block its traffic.
pub fn check(project: &Project, report: &mut Report) {
    for balancer in project.load_balancers() {
        let Some(path) = Path::new(*project, balancer) else { continue };
        let found = path.ports().iter().find_map(|ports| path.blocked(ports));
        if let Some(found) = found {
            report.join(idle::at_most_warning(balancer.service, found));
        }
    }
}

/// The network path from a load balancer to the tasks, or to the instances that they run on.
struct Path<'a> {
    project: Project<'a>,
    entry: LoadBalancer<'a>,
    group: TargetGroup<'a>,
    balancer: Balancer<'a>,
    from: Source<'a>,
    /// Each set of security groups that may apply to the targets.
    to: Vec<SecurityGroupSet<'a>>,
    /// The kind of targets that the sets in `to` protect.
    targets: Targets,
    /// The resources that the instances, and so their security groups, come from.
    sources: Vec<Place>,
}

/// Where the packets of a load balancer come from.
enum Source<'a> {
    /// Something with these security groups.
    Groups(SecurityGroupSet<'a>),
    /// The nodes of a Network Load Balancer without security groups. Health checks have their addresses, and traffic can have those of
    /// clients.
    Nodes(SecurityGroupSet<'a>),
}

/// The kind of targets in a target group.
#[derive(Clone, Copy)]
enum Targets {
    /// The network interfaces of tasks.
    Tasks,
    /// The instances that tasks run on.
    Instances,
}

impl Targets {
    fn name(self) -> &'static str {
        match self {
            Targets::Tasks => "tasks",
            Targets::Instances => "instances",
        }
    }
}

/// A range of ports, to at least one of which the load balancer sends traffic.
struct Ports {
    all: RangeInclusive<i64>,
    place: Place,
    /// How a message names them, such as `container port 80`.
    called: String,
    /// How a label names the place.
    says: &'static str,
    /// Whether health checks certainly go to it.
    is_checked: bool,
}

/// Returns where the packets of a load balancer come from; `None` unless all its security groups are known.
fn source<'a>(project: Project<'a>, balancer: Balancer<'a>) -> Option<Source<'a>> {
    let groups = balancer.view.list("SecurityGroups");
    match balancer.kind() {
        Known("application", _) => {
            let from = project.security_group_set(groups)?;
            let networks = balancer.all_subnets().and_then(|subnets| project.networks(&subnets));
            Some(Source::Groups(from.within(networks)))
        }
        Known("network", _) if groups.is_empty() && balancer.resource.is_declared() => {
            Some(Source::Nodes(project.no_security_groups(balancer.all_subnets())))
        }
        // Packets from other load balancers can have the addresses of their clients.
        _ => project.security_group_set(groups).map(Source::Groups),
    }
}

impl<'a> Path<'a> {
    fn new(project: Project<'a>, entry: LoadBalancer<'a>) -> Option<Path<'a>> {
        let group = entry.target_group().known()?;
        let balancer = project.only_balancer(group.resource)?;
        let balancer = Balancer::new(project, balancer);
        let from = source(project, balancer)?;
        let mut sources = Vec::new();
        let (to, targets) = match group.target_type() {
            Known("ip", _) => (vec![entry.service.security_group_set()?], Targets::Tasks),
            Known("instance", _) => {
                let launched = entry.service.instance_sources()?;
                sources.extend(launched.iter().map(|source| Place::header(source)));
                let parties: Option<_> =
                    launched.into_iter().map(|source| project.security_groups_of_instances(source)).collect();
                (parties?, Targets::Instances)
            }
            _ => return None,
        };
        Some(Path { project, entry, group, balancer, from, to, targets, sources })
    }

    /// The ports for traffic, and the health check port if it is a different one.
    fn ports(&self) -> Vec<Ports> {
        let traffic = match self.targets {
            Targets::Tasks => self.port_of_task(),
            Targets::Instances => self.port_of_host(),
        };
        let Some(traffic) = traffic else { return Vec::new() };
        let mut ports = if self.may_be_udp() { Vec::new() } else { vec![traffic] };
        match self.group.health_check_port() {
            Missing | Known("traffic-port", _) => ports.iter_mut().for_each(|port| port.is_checked = true),
            Unknown(_) => {}
            Known(check, place) => {
                let is_other = |number: &i64| ports.iter().all(|port| !port.all.contains(number));
                if let Some(number) = check.parse().ok().filter(is_other) {
                    let called = format!("health check port {number}");
                    let says = "the health check port";
                    ports.push(Ports { all: number..=number, place, called, says, is_checked: true });
                }
            }
        }
        ports
    }

    /// Returns `true` if the load balancer sends, or may send, only UDP traffic. Its health checks use TCP. A target group for both
    /// gets what its listeners accept.
    fn may_be_udp(&self) -> bool {
        match self.group.protocol() {
            Known("TCP_UDP" | "TCP_QUIC", _) => self.balancer.ports_to(self.group).is_empty(),
            Known(protocol, _) => ["UDP", "QUIC"].contains(&protocol),
            Unknown(_) => !matches!(self.balancer.kind(), Known("application", _)),
            Missing => false,
        }
    }

    fn port_of_task(&self) -> Option<Ports> {
        let Known(number, place) = self.entry.container_port() else { return None };
        let says = "the load balancer sends traffic to this port";
        let called = format!("container port {number}");
        Some(Ports { all: number..=number, place, called, says, is_checked: false })
    }

    /// The port of the instance that is mapped to the container port: a static one, or the range of dynamic ones.
    fn port_of_host(&self) -> Option<Ports> {
        let task = self.entry.service.task().known()?;
        let container = task.container(self.entry.container_name().known()?).known()?;
        let mapping = container.port(self.entry.container_port().known()?).known()?;
        if let Known(number, place) = mapping.static_host_port() {
            let says = "the load balancer sends traffic to this port";
            let called = format!("host port {number}");
            return Some(Ports { all: number..=number, place, called, says, is_checked: false });
        }
        let place = mapping.host_port().place().unwrap_or_else(|| mapping.anchor());
        let called = format!("dynamic host ports {} to {}", DYNAMIC.start(), DYNAMIC.end());
        (mapping.is_dynamic().known() == Some(true)).then_some(Ports {
            all: DYNAMIC,
            place,
            called,
            says: "the port of the instance is dynamic",
            is_checked: false,
        })
    }

    /// Where packets to some ports come from.
    fn peer(&self, ports: &Ports) -> Peer<'_, 'a> {
        match &self.from {
            Source::Groups(groups) => Peer::Groups(groups),
            Source::Nodes(nodes) if ports.is_checked => Peer::Groups(nodes),
            Source::Nodes(_) => Peer::Anything,
        }
    }

    /// The name of the security groups of the load balancer.
    fn source_name(&self) -> String {
        match &self.from {
            Source::Groups(set) => {
                let names: Vec<String> = set.groups().iter().map(|group| called_group(group)).collect();
                names.join(" and ")
            }
            Source::Nodes(_) => "the load balancer and its clients".to_owned(),
        }
    }

    fn blocked(&self, ports: &Ports) -> Option<Finding> {
        let (bars, way) = self.project.severed(self.peer(ports), &self.to, &ports.all)?;
        let (whose, numbers) = (self.targets.name(), spelled(&ports.all));
        let source = self.source_name();
        let (message, owner, help) = match way {
            Direction::Ingress => (
                format!(
                    "the {whose}' security groups do not allow traffic from the load balancer to {}",
                    ports.called
                ),
                format!("the {whose}"),
                format!("allow inbound TCP traffic on {numbers} from {source}"),
            ),
            Direction::Egress => (
                format!(
                    "the load balancer's security groups do not allow outbound traffic to {numbers} of the {whose}"
                ),
                "the load balancer".to_owned(),
                format!("allow outbound TCP traffic on {numbers} in {source}"),
            ),
        };
        let sources = self
            .sources
            .iter()
            .map(|source| (*source, "the cluster's instances are launched from this resource"));
        let finding = Finding::at(place(&bars)?, message)
            .labels(labels(&bars, way, &owner))
            .label(ports.place, ports.says)
            .labels(sources)
            .label(self.entry.join_place(), "the service registers its tasks with this target group")
            .label(self.balancer.anchor(), "this load balancer forwards to the target group");
        Some(finding.help(help))
    }
}
