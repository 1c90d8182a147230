//! The cluster of a service, and the roles of its tasks.

use crate::graph::parts::{Edge, NodeKind};
use crate::graph::sketch::Sketch;
use crate::model::{Kind, Link, Resource, Service, Task};

/// Draws the cluster of a service.
pub(super) fn cluster(sketch: &mut Sketch, service: Service, user: usize) {
    let Some(entry) = service.view.entry("cluster") else { return };
    let node = match sketch.project.cluster_of(&entry.value, service.resource) {
        Link::To(cluster) => sketch.of(NodeKind::Cluster, cluster),
        Link::Unknown | Link::None => sketch.referred(NodeKind::Cluster, &entry.value),
    };
    let is_known = node.is_known;
    let node = sketch.add(node);
    sketch.connect(Edge::new(user, node).known(is_known).containing(&entry.value));
}

/// Draws the roles of a task definition.
pub(super) fn roles(sketch: &mut Sketch, task: Task, user: usize) {
    for (key, says) in [("executionRoleArn", "execution role"), ("taskRoleArn", "task role")] {
        let Some(entry) = task.view.entry(key).filter(|entry| !entry.value.is_missing()) else { continue };
        let node = match sketch.project.role_of(&entry.value) {
            Link::To(role) => {
                let node = sketch.of(NodeKind::Role, role);
                policies(sketch, role).into_iter().fold(node, |node, policy| node.with(policy))
            }
            Link::Unknown | Link::None => sketch.referred(NodeKind::Role, &entry.value),
        };
        let is_known = node.is_known;
        let node = sketch.add(node.facts([says.to_owned()]));
        sketch.connect(Edge::new(user, node).known(is_known).containing(&entry.value));
    }
}

/// The resources that say what a role may do.
fn policies<'a>(sketch: &Sketch<'a, '_>, role: &'a Resource) -> Vec<&'a Resource> {
    let given = sketch.project.policies_of(role).unwrap_or_default();
    let named = given.iter().filter_map(|policy| policy.request.get("PolicyArn"));
    let attached = named.filter_map(|arn| sketch.project.resolve(&[Kind::Policy], arn).known());
    let attached: Vec<&Resource> = attached.collect();
    given.into_iter().chain(attached).collect()
}
