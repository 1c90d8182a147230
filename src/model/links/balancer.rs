//! The load balancer of a target group, found through the listeners and listener rules that forward to it.

use std::ops::RangeInclusive;

use crate::diagnostic::Place;
use crate::model::links::routing::forwards;
use crate::model::{Balancer, Forwarded, Link, LoadBalancer, Project, TargetGroup};
use crate::resource::{Kind, Resource};
use crate::value::Node;
use crate::view::{List, Value, View};

/// Range that contains every dynamic host port, whatever the kernel and the version of the ECS agent.
pub const DYNAMIC: RangeInclusive<i64> = 32_768..=65_535;

impl<'a> Project<'a> {
    /// The listeners and listener rules that certainly forward to a target group.
    pub fn forwarders(self, group: &'a Resource) -> Vec<&'a Resource> {
        self.routes_to(group)
            .filter(|resource| forwards(self.view(resource), group) == Forwarded::Yes)
            .collect()
    }

    /// The load balancer that forwards to a target group; `None` if that is uncertain. A target group has at most one.
    pub fn only_balancer(self, group: &'a Resource) -> Option<&'a Resource> {
        let arns = group.request.get("LoadBalancerArns").and_then(Node::as_array);
        if let Some([arn]) = arns.map(|array| array.items.as_slice()) {
            return self.resolve(&[Kind::LoadBalancer], arn).known();
        }
        let mut found = self.forwarders(group).into_iter().map(|listener| self.balancer_of(listener));
        let first = found.next()??;
        found.all(|other| other.is_some_and(|other| other.is(first))).then_some(first)
    }

    /// The load balancer of a listener or a listener rule.
    pub fn balancer_of(self, listener: &'a Resource) -> Option<&'a Resource> {
        let named = |key: &str, kind: Kind, from: &'a Resource| {
            let node = from.request.get(key)?;
            self.resolve(&[kind], node).known()
        };
        match listener.kind {
            Kind::ListenerRule => self.balancer_of(named("ListenerArn", Kind::Listener, listener)?),
            _ => named("LoadBalancerArn", Kind::LoadBalancer, listener),
        }
    }

    /// The listener or listener rule that a value refers to.
    pub fn listener_of(self, node: &Node) -> Link<&'a Resource> {
        self.resolve(&[Kind::Listener, Kind::ListenerRule], node)
    }

    /// The load balancer that a value refers to.
    pub fn load_balancer_of(self, node: &Node) -> Link<&'a Resource> {
        self.resolve(&[Kind::LoadBalancer], node)
    }

    /// The target group that a value refers to.
    pub fn target_group_of(self, node: &Node) -> Link<&'a Resource> {
        self.resolve(&[Kind::TargetGroup], node)
    }
}

impl<'a> Balancer<'a> {
    /// Returns `true` if it certainly has public addresses.
    pub fn is_certainly_public(self) -> bool {
        self.view.bool("Internal").or_default(false, self.anchor()).known() == Some(false)
    }

    /// The ports on which its listeners certainly accept TCP connections that lead to a target group, by themselves or by a rule, with
    /// their places.
    pub fn ports_to(self, group: TargetGroup<'a>) -> Vec<(i64, Place)> {
        let listener = |forwarder: &'a Resource| match forwarder.kind {
            Kind::ListenerRule => {
                self.project.resolve(&[Kind::Listener], forwarder.request.get("ListenerArn")?).known()
            }
            _ => Some(forwarder),
        };
        let listeners = self.project.forwarders(group.resource).into_iter().filter_map(listener);
        let views = listeners.map(|listener| self.project.view(listener));
        views.filter(|view| self.is_of_tcp(*view)).filter_map(|view| view.int("Port").known_at()).collect()
    }

    /// Returns `true` if the clients of a listener certainly need TCP. Those of a `TCP_UDP` listener may only send datagrams.
    fn is_of_tcp(self, listener: View<'a>) -> bool {
        match listener.str("Protocol") {
            Value::Known(protocol, _) => ["HTTP", "HTTPS", "TCP", "TLS"].contains(&protocol),
            Value::Missing | Value::Unknown(_) => self.kind().known() == Some("application"),
        }
    }
}

impl<'a> LoadBalancer<'a> {
    /// The subnets of its targets, and the ports to one of which each target gets traffic; `None` unless they are known.
    pub fn targets(self) -> Option<(Vec<&'a Node>, RangeInclusive<i64>)> {
        let (port, service) = (self.container_port().known()?, self.service);
        match self.target_group().known()?.target_type() {
            Value::Known("ip", _) => Some((service.subnets(), port..=port)),
            Value::Known("instance", _) => {
                let container = service.task().known()?.container(self.container_name().known()?).known()?;
                let mapping = container.port(port).known()?;
                let ports = match mapping.static_host_port() {
                    Value::Known(port, _) => port..=port,
                    _ if mapping.is_dynamic().known() == Some(true) => DYNAMIC,
                    _ => return None,
                };
                Some((service.host_subnets()?, ports))
            }
            _ => None,
        }
    }
}

/// A target group that an action forwards to, with its weight.
#[derive(Clone, Copy, Debug)]
pub struct Forward<'a> {
    /// The value that refers to it.
    pub group: &'a Node,
    /// The object with its weight; `None` if it receives all traffic.
    pub share: Option<View<'a>>,
}

impl<'a> Project<'a> {
    /// The target groups that the default action of a listener, or a listener rule, forwards to; `None` unless all are
    /// known.
    pub fn forward_targets(self, listener: &'a Resource) -> Option<Vec<Forward<'a>>> {
        let view = self.view(listener);
        let mut found = Vec::new();
        for actions in ["DefaultActions", "Actions"].map(|key| view.list(key)) {
            for action in complete(actions)? {
                let mut listed = Vec::new();
                if action.entry("ForwardConfig").is_some() {
                    for item in complete(action.object("ForwardConfig").known()?.list("TargetGroups"))? {
                        let group = &item.entry("TargetGroupArn")?.value;
                        listed.push(Forward { group, share: Some(item) });
                    }
                }
                match action.entry("TargetGroupArn") {
                    Some(entry) if listed.is_empty() => {
                        found.push(Forward { group: &entry.value, share: None });
                    }
                    _ => found.extend(listed),
                }
            }
        }
        Some(found)
    }
}

/// The items of a list; `None` unless it is fully known.
fn complete(list: List<'_>) -> Option<impl Iterator<Item = View<'_>>> {
    list.is_complete().then(|| list.objects())
}

/// Returns `true` if two values certainly refer to different resources, by address or by ARN.
pub fn are_certainly_two(ours: &Node, theirs: &Node) -> bool {
    match (ours.resource(), theirs.resource()) {
        (Some(ours), Some(theirs)) => !ours.is_data() && !theirs.is_data() && ours.is_certainly_other(theirs),
        _ => ours.as_str().is_some() && theirs.as_str().is_some() && ours.as_str() != theirs.as_str(),
    }
}
