//! See `rules/security-group-blocks-traffic.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::{Balancer, LoadBalancer, TargetGroup};
use crate::project::{Barred, Document, Kind, Party, Project, Way};
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::{List, View};

/// Reports services whose load balancer cannot reach the tasks, for security groups drop its packets.
pub fn check(project: &Project, report: &mut Report) {
    for balancer in project.services().flat_map(|service| service.load_balancers()) {
        let Some(path) = Path::new(*project, balancer) else { continue };
        for port in path.ports() {
            if let Some(finding) = path.blocked(&port) {
                report.add(finding);
                break;
            }
        }
    }
}

/// The way from a load balancer to the tasks.
struct Path<'a> {
    project: Project<'a>,
    entry: LoadBalancer<'a>,
    group: TargetGroup<'a>,
    balancer: Balancer<'a>,
    from: Party<'a>,
    to: Party<'a>,
}

/// A port that the load balancer sends packets to.
struct Port {
    number: i64,
    place: Place,
    what: &'static str,
}

impl<'a> Path<'a> {
    fn new(project: Project<'a>, entry: LoadBalancer<'a>) -> Option<Path<'a>> {
        let group = entry.target_group().known()?;
        let Known("ip", _) = group.target_type() else { return None };
        let balancer = project.only_balancer(group.document)?;
        let scope = balancer.scope;
        let balancer = Balancer::new(project, balancer);
        let from = project.party(balancer.view.list("SecurityGroups"), scope)?;
        let network = entry.service.network().known()?;
        let groups: List = network.list("securityGroups");
        let to = project.party(groups, entry.service.document.scope)?;
        Some(Path { project, entry, group, balancer, from, to })
    }

    /// The port of the container, and that of the health check if it is another one.
    fn ports(&self) -> Vec<Port> {
        let Known(number, place) = self.entry.container_port() else { return Vec::new() };
        let mut ports = vec![Port { number, place, what: "the container's port" }];
        if let Known(check, place) = self.group.health_check_port()
            && let Ok(number) = check.parse()
            && ports.iter().all(|port| port.number != number)
        {
            ports.push(Port { number, place, what: "the port of the health check" });
        }
        ports
    }

    fn blocked(&self, port: &Port) -> Option<Finding> {
        let Port { number, what, .. } = *port;
        let (bars, way) = match self.project.barred(&self.to, Way::In, number, &self.from) {
            Some(bars) => (bars, Way::In),
            None => (self.project.barred(&self.from, Way::Out, number, &self.to)?, Way::Out),
        };
        let message = match way {
            Way::In => {
                format!("the tasks' security groups do not let the load balancer reach {what} `{number}`")
            }
            Way::Out => format!(
                "the load balancer's security groups do not let it reach port `{number}` of the tasks"
            ),
        };
        let mut finding = Finding::at(port.place, message);
        for Barred { group, nearest } in bars {
            let (at, says) = match (nearest, way) {
                (Some(rule), _) => (rule.place(), lets(rule)),
                (None, Way::In) => {
                    (Place::from(group.title), "this security group of the tasks lets nothing in".to_owned())
                }
                (None, Way::Out) => (
                    Place::from(group.title),
                    "this security group of the load balancer lets nothing out".to_owned(),
                ),
            };
            finding = finding.label(at, says);
        }
        let source = self.from.groups().iter().map(|group| called(group));
        let source = source.collect::<Vec<_>>().join(" and ");
        let help = match way {
            Way::In => format!("let TCP port {number} in from {source}"),
            Way::Out => format!("let TCP port {number} out of {source}"),
        };
        let finding = finding
            .label(self.entry.group_place(), "the service registers its tasks with this target group")
            .label(self.balancer.title(), "the load balancer that forwards to it");
        Some(finding.help(help))
    }
}

/// How to say in a label which packets a rule lets through.
fn lets(rule: View) -> String {
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

fn called(group: &Document) -> String {
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
