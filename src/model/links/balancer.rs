//! The load balancer of a target group, found through the listeners and listener rules that forward to it.

use crate::model::links::routing::forwards;
use crate::model::{Forwarded, Link, Project};
use crate::resource::{Kind, Resource};
use crate::value::Node;
use crate::view::{List, View};

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
