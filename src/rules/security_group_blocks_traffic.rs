//! See `rules/security-group-blocks-traffic.md`.

use std::ops::RangeInclusive;

use super::prelude::*;
use super::support::idle;
use crate::model::{BlockedBy, Direction, Kind, Resource, SecurityGroupSet};

/// Reports services whose load balancer cannot reach the tasks because security groups block its traffic.
pub fn check(project: &Project, report: &mut Report) {
    for balancer in project.load_balancers() {
        let Some(path) = Path::new(*project, balancer) else { continue };
        let found = path.ports().iter().find_map(|ports| path.blocked(ports));
        report.extend(found.map(|found| idle::at_most_warning(balancer.service, found)));
    }
}

/// The network path from a load balancer to the tasks, or to the instances that they run on.
struct Path<'a> {
    project: Project<'a>,
    entry: LoadBalancer<'a>,
    group: TargetGroup<'a>,
    balancer: Balancer<'a>,
    from: SecurityGroupSet<'a>,
    /// Each set of security groups that may apply to the targets.
    to: Vec<SecurityGroupSet<'a>>,
    /// The kind of targets that the sets in `to` protect.
    targets: Targets,
    /// The resources that the instances, and so their security groups, come from.
    sources: Vec<Place>,
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
}

/// Range that contains every dynamic host port, whatever the kernel and the version of the ECS agent.
const DYNAMIC: RangeInclusive<i64> = 32768..=65535;

impl<'a> Path<'a> {
    fn new(project: Project<'a>, entry: LoadBalancer<'a>) -> Option<Path<'a>> {
        let group = entry.target_group().known()?;
        let balancer = project.only_balancer(group.resource)?;
        let balancer = Balancer::new(project, balancer);
        let from = project.security_group_set(balancer.view.list("SecurityGroups"))?;
        let mut sources = Vec::new();
        let (to, targets) = match group.target_type() {
            Known("ip", _) => {
                let groups: List = entry.service.network().known()?.list("securityGroups");
                (vec![project.security_group_set(groups)?], Targets::Tasks)
            }
            Known("instance", _) => {
                let launched = entry.service.instance_sources()?;
                sources.extend(launched.iter().map(|source| Place::from(source.header)));
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
        let mut ports = vec![traffic];
        if let Known(check, place) = self.group.health_check_port()
            && let Ok(number) = check.parse()
            && ports.iter().all(|port| !port.all.contains(&number))
        {
            let called = format!("health check port {number}");
            ports.push(Ports { all: number..=number, place, called });
        }
        ports
    }

    fn port_of_task(&self) -> Option<Ports> {
        let Known(number, place) = self.entry.container_port() else { return None };
        Some(Ports { all: number..=number, place, called: format!("container port {number}") })
    }

    /// The port of the instance that is mapped to the container port: a static one, or the range of dynamic ones.
    fn port_of_host(&self) -> Option<Ports> {
        let task = self.entry.service.task().known()?;
        let container = task.container(self.entry.container_name().known()?).known()?;
        let mapping = container.port(self.entry.container_port().known()?).known()?;
        if let Known(number, place) = mapping.static_host_port() {
            return Some(Ports { all: number..=number, place, called: format!("host port {number}") });
        }
        let place = mapping.host_port().place().unwrap_or_else(|| mapping.anchor());
        let called = format!("dynamic host ports {} to {}", DYNAMIC.start(), DYNAMIC.end());
        (mapping.is_dynamic().known() == Some(true)).then_some(Ports { all: DYNAMIC, place, called })
    }

    fn blocked(&self, ports: &Ports) -> Option<Finding> {
        let into = |to: &SecurityGroupSet<'a>| {
            self.project.blocked_by(to, Direction::Ingress, ports.all.clone(), &self.from)
        };
        let out = |to: &SecurityGroupSet<'a>| {
            self.project.blocked_by(&self.from, Direction::Egress, ports.all.clone(), to)
        };
        let (bars, way) = match self.to.iter().map(into).collect::<Option<Vec<_>>>() {
            Some(bars) => (bars.concat(), Direction::Ingress),
            None => {
                let bars: Option<Vec<_>> = self.to.iter().map(out).collect();
                (bars?.into_iter().next()?, Direction::Egress)
            }
        };
        let (whose, called) = (self.targets.name(), &ports.called);
        let message = match way {
            Direction::Ingress => {
                format!(
                    "the {whose}' security groups do not allow traffic from the load balancer to {called}"
                )
            }
            Direction::Egress => format!(
                "the load balancer's security groups do not allow outbound traffic to {} of the {whose}",
                spelled(&ports.all)
            ),
        };
        let mut finding = Finding::at(ports.place, message);
        for BlockedBy { group, nearest } in bars {
            let (at, says) = match (nearest, way) {
                (Some(rule), _) => (rule.place(), allowed_by(rule, way)),
                (None, Direction::Ingress) => (
                    Place::from(group.header),
                    format!("this security group of the {whose} allows no inbound traffic"),
                ),
                (None, Direction::Egress) => (
                    Place::from(group.header),
                    "this security group of the load balancer allows no outbound traffic".to_owned(),
                ),
            };
            finding = finding.label(at, says);
        }
        for source in &self.sources {
            finding = finding.label(*source, "the cluster's instances are launched from this resource");
        }
        let source = self.from.groups().iter().map(|group| called_group(group));
        let source = source.collect::<Vec<_>>().join(" and ");
        let numbers = spelled(&ports.all);
        let help = match way {
            Direction::Ingress => format!("allow inbound TCP traffic on {numbers} from {source}"),
            Direction::Egress => format!("allow outbound TCP traffic on {numbers} in {source}"),
        };
        let finding = finding
            .label(self.entry.join_place(), "the service registers its tasks with this target group")
            .label(self.balancer.anchor(), "this load balancer forwards to the target group");
        Some(finding.help(help))
    }
}

fn spelled(ports: &RangeInclusive<i64>) -> String {
    let (first, last) = (ports.start(), ports.end());
    if first == last { format!("port {first}") } else { format!("ports {first} to {last}") }
}

/// Returns the text of a label for the traffic that a rule allows.
fn allowed_by(rule: View, way: Direction) -> String {
    let (protocol, from, to) = (rule.scalar("IpProtocol"), rule.int("FromPort"), rule.int("ToPort"));
    let source = rule.entry("UserIdGroupPairs").and_then(|entry| match entry.value.as_array() {
        Some(array) => array.items.first().map(|item| item.get("GroupId").unwrap_or(item))?.called(),
        None => entry.value.called(),
    });
    let side = match way {
        Direction::Ingress => "from",
        Direction::Egress => "to",
    };
    let peer = source.map(|source| format!(" {side} `{source}`")).unwrap_or_default();
    match (protocol, from, to) {
        (Known(protocol, _), Known(from, _), Known(to, _)) if from == to => {
            format!("this rule allows `{protocol}` traffic on port {from}{peer}")
        }
        (Known(protocol, _), Known(from, _), Known(to, _)) => {
            format!("this rule allows `{protocol}` traffic on ports {from} to {to}{peer}")
        }
        _ => format!("this rule allows other traffic{peer}"),
    }
}

fn called_group(group: &Resource) -> String {
    debug_assert_eq!(group.kind, Kind::SecurityGroup);
    match &group.address {
        Some(address) => format!("`{address}`"),
        None => group
            .request
            .get("GroupId")
            .and_then(|id| id.called())
            .map_or_else(|| "the load balancer's security group".to_owned(), |id| format!("`{id}`")),
    }
}
