//! The differences between the pictures of two revisions.

use crate::graph::parts::{Change, Edge, Graph, Node, ServiceGraph};

/// Marks in a picture what is new or different from an earlier one, and adds what is only in that one, without its findings.
pub fn mark_changes(graph: &mut Graph, before: &Graph) {
    for service in &mut graph.services {
        match before.services.iter().find(|other| other.id == service.id) {
            Some(other) => compare(service, other),
            None => mark_all(service, Change::Added),
        }
    }
    let is_gone = |old: &&ServiceGraph| graph.services.iter().all(|service| service.id != old.id);
    let gone: Vec<ServiceGraph> = before.services.iter().filter(is_gone).map(removed).collect();
    graph.services.extend(gone);
}

/// A service as it was, without its places in the files of that time.
fn removed(old: &ServiceGraph) -> ServiceGraph {
    let mut gone = ServiceGraph { at: None, findings: Vec::new(), ..old.clone() };
    gone.nodes.iter_mut().for_each(forget);
    for edge in &mut gone.edges {
        edge.findings.clear();
        edge.is_broken = false;
    }
    mark_all(&mut gone, Change::Removed);
    gone
}

fn forget(node: &mut Node) {
    node.at = None;
    node.findings.clear();
    node.places.clear();
}

fn mark_all(service: &mut ServiceGraph, change: Change) {
    service.change = change;
    service.nodes.iter_mut().for_each(|node| node.change = change);
    service.edges.iter_mut().for_each(|edge| edge.change = change);
}

fn compare(service: &mut ServiceGraph, before: &ServiceGraph) {
    let says = |node: &Node| (node.name.clone(), node.facts.clone(), node.memory.clone(), node.is_known);
    for node in &mut service.nodes {
        let old = before.nodes.iter().find(|old| old.key == node.key);
        node.change = match old {
            None => Change::Added,
            Some(old) if says(old) != says(node) => Change::Changed,
            Some(_) => Change::Same,
        };
    }
    let new: Vec<Change> = service
        .edges
        .iter()
        .map(|edge| {
            let old = before.edges.iter().find(|old| ends(before, old) == ends(service, edge));
            match old {
                None => Change::Added,
                Some(old) if (&old.label, &old.gate) != (&edge.label, &edge.gate) => Change::Changed,
                Some(_) => Change::Same,
            }
        })
        .collect();
    for (edge, change) in service.edges.iter_mut().zip(new) {
        edge.change = change;
    }
    add_removed(service, before);
    let differs = |change: Change| change != Change::Same;
    let nodes = service.nodes.iter().any(|node| differs(node.change));
    if nodes || service.edges.iter().any(|edge| differs(edge.change)) {
        service.change = Change::Changed;
    }
}

/// The keys of the nodes at the ends of an edge.
fn ends<'s>(service: &'s ServiceGraph, edge: &Edge) -> (&'s str, &'s str) {
    (&service.nodes[edge.from].key, &service.nodes[edge.to].key)
}

/// Adds the nodes and edges that are only in the earlier picture.
fn add_removed(service: &mut ServiceGraph, before: &ServiceGraph) {
    let mut places = Vec::new();
    for old in &before.nodes {
        let there = service.nodes.iter().position(|node| node.key == old.key);
        let index = there.unwrap_or_else(|| {
            let mut node = Node { change: Change::Removed, ..old.clone() };
            forget(&mut node);
            // A node comes after the one that contains it, so its place is known.
            node.within = old.within.and_then(|outer| places.get(outer).copied());
            service.nodes.push(node);
            service.nodes.len() - 1
        });
        places.push(index);
    }
    for old in &before.edges {
        let is_there = service.edges.iter().any(|edge| ends(service, edge) == ends(before, old));
        if !is_there {
            let edge = Edge {
                findings: Vec::new(),
                is_broken: false,
                change: Change::Removed,
                places: Vec::new(),
                ..old.clone()
            };
            service.edges.push(Edge { from: places[old.from], to: places[old.to], ..edge });
        }
    }
}
