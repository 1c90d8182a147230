//! See `rules/security-group-blocks-traffic.md`.

use std::ops::RangeInclusive;

use super::prelude::*;
use crate::model::{BlockedBy, Direction, Kind, Resource, SecurityGroupSet};

/// Reports services whose load balancer cannot reach the tasks, for security groups drop its packets.
pub fn check(project: &Project, report: &mut Report) {
    for balancer in project.load_balancers() {
        let Some(path) = Path::new(*project, balancer) else { continue };
        report.extend(path.ports().iter().find_map(|ports| path.blocked(ports)));
    }
}

/// The way from a load balancer to the tasks, or to the instances that they run on.
struct Path<'a> {
    project: Project<'a>,
    entry: LoadBalancer<'a>,
    group: TargetGroup<'a>,
    balancer: Balancer<'a>,
    from: SecurityGroupSet<'a>,
    /// All that tasks may run behind.
    to: Vec<SecurityGroupSet<'a>>,
    /// Whose security groups these are.
    targets: Targets,
    /// What gives instances their security groups.
    sources: Vec<Place>,
}

/// What a target group's targets are.
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

/// Ports that the load balancer sends packets to, or to one of them.
struct Ports {
    all: RangeInclusive<i64>,
    place: Place,
    /// Which they are: "the container's port `80`".
    called: String,
}

/// Where ECS takes the ports of the host from that it gives to tasks, by whichever kernel and agent.
const GIVEN: RangeInclusive<i64> = 32768..=65535;

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

    /// The ports of the container, and that of the health check if it is another one.
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
            let called = format!("the health check's port {number}");
            ports.push(Ports { all: number..=number, place, called });
        }
        ports
    }

    fn port_of_task(&self) -> Option<Ports> {
        let Known(number, place) = self.entry.container_port() else { return None };
        Some(Ports { all: number..=number, place, called: format!("the container's port {number}") })
    }

    /// The port of the instance that leads to the container's: one that is fixed, or one of many.
    fn port_of_host(&self) -> Option<Ports> {
        let task = self.entry.service.task().known()?;
        let container = task.container(self.entry.container_name().known()?).known()?;
        let mapping = container.port(self.entry.container_port().known()?).known()?;
        if let Known(number, place) = mapping.static_host_port() {
            return Some(Ports { all: number..=number, place, called: format!("the host port {number}") });
        }
        let place = mapping.host_port().place().unwrap_or_else(|| mapping.anchor());
        let called = format!("the ports {} to {}, of which a task gets one", GIVEN.start(), GIVEN.end());
        (mapping.is_dynamic().known() == Some(true)).then_some(Ports { all: GIVEN, place, called })
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
                format!("the {whose}' security groups do not let the load balancer reach {called}")
            }
            Direction::Egress => format!(
                "the load balancer's security groups do not let it reach {} of the {whose}",
                spelled(&ports.all)
            ),
        };
        let mut finding = Finding::at(ports.place, message);
        for BlockedBy { group, nearest } in bars {
            let (at, says) = match (nearest, way) {
                (Some(rule), _) => (rule.place(), packets_of(rule)),
                (None, Direction::Ingress) => {
                    (Place::from(group.header), format!("this security group of the {whose} lets nothing in"))
                }
                (None, Direction::Egress) => (
                    Place::from(group.header),
                    "this security group of the load balancer lets nothing out".to_owned(),
                ),
            };
            finding = finding.label(at, says);
        }
        for source in &self.sources {
            finding = finding.label(*source, "the cluster's instances are launched with it");
        }
        let source = self.from.groups().iter().map(|group| called_group(group));
        let source = source.collect::<Vec<_>>().join(" and ");
        let numbers = spelled(&ports.all).replace('`', "");
        let help = match way {
            Direction::Ingress => format!("let TCP {numbers} in from {source}"),
            Direction::Egress => format!("let TCP {numbers} out of {source}"),
        };
        let finding = finding
            .label(self.entry.join_place(), "the service registers its tasks with this target group")
            .label(self.balancer.anchor(), "the load balancer that forwards to it");
        Some(finding.help(help))
    }
}

fn spelled(ports: &RangeInclusive<i64>) -> String {
    let (first, last) = (ports.start(), ports.end());
    if first == last { format!("port {first}") } else { format!("ports {first} to {last}") }
}

/// How to say in a label which packets a rule lets through.
fn packets_of(rule: View) -> String {
    let (protocol, from, to) = (rule.scalar("IpProtocol"), rule.int("FromPort"), rule.int("ToPort"));
    let source = rule.entry("UserIdGroupPairs").and_then(|entry| match entry.value.as_array() {
        Some(array) => array.items.first().map(|item| item.get("GroupId").unwrap_or(item))?.called(),
        None => entry.value.called(),
    });
    let whose = source.map(|source| format!(" of `{source}`")).unwrap_or_default();
    match (protocol, from, to) {
        (Known(protocol, _), Known(from, _), Known(to, _)) if from == to => {
            format!("this rule is for `{protocol}` and port {from}{whose}")
        }
        (Known(protocol, _), Known(from, _), Known(to, _)) => {
            format!("this rule is for `{protocol}` and ports {from} to {to}{whose}")
        }
        _ => format!("this rule is for other packets{whose}"),
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
