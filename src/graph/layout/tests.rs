//! No two boxes overlap, whatever is drawn.

use std::path::{Path, PathBuf};

use super::*;
use crate::config::RunOptions;
use crate::engine;
use crate::graph::parts::{Change, Graph, Node};
use crate::source::Sources;
use crate::{discover, graph};

fn drawn(paths: &[PathBuf]) -> Graph {
    let mut sources = Sources::new(Path::new(env!("CARGO_MANIFEST_DIR")));
    discover::collect(&mut sources, paths);
    let reading = engine::read(&sources);
    let outcome = engine::run(&sources, &reading, &RunOptions::default());
    graph::build(&reading, &outcome, &[])
}

fn overlap(one: Area, other: Area) -> bool {
    one.x < other.right() && other.x < one.right() && one.y < other.bottom() && other.y < one.bottom()
}

fn contains(outer: Area, inner: Area) -> bool {
    outer.x < inner.x && inner.right() < outer.right() && outer.y < inner.y && inner.bottom() < outer.bottom()
}

/// Checks one picture.
fn check(service: &ServiceGraph) {
    let Layout { width, height, areas, routes } = layout(service);
    let whole = Area { x: 0, y: 0, width, height };
    for (index, node) in service.nodes.iter().enumerate() {
        assert!(contains(whole, areas[index]), "{}: {} is outside of the picture", service.name, node.key);
        if let Some(outer) = node.within {
            assert!(contains(areas[outer], areas[index]), "{}: {} is not in its box", service.name, node.key);
        }
        for other in index + 1..areas.len() {
            let next = &service.nodes[other];
            if next.within == node.within {
                let overlap = overlap(areas[index], areas[other]);
                assert!(!overlap, "{}: {} and {} overlap", service.name, node.key, next.key);
            }
        }
    }
    let chips: Vec<Area> = routes.iter().filter_map(|route| Some(route.chip.as_ref()?.area)).collect();
    for (index, chip) in chips.iter().enumerate() {
        let others = chips[index + 1..].iter().chain(&areas);
        for other in others {
            assert!(!overlap(*chip, *other), "{}: a text on an edge overlaps {other:?}", service.name);
        }
    }
}

#[test]
fn nothing_overlaps_in_the_examples() {
    let graph = drawn(&["examples".into(), "tests/it/hops".into(), "tests/models".into()]);
    assert!(graph.services.len() > 15, "{}", graph.services.len());
    graph.services.iter().for_each(check);
}

/// A service with several load balancers, containers, and gates, whose edges pass columns and have long texts.
#[test]
fn nothing_overlaps_in_a_crowded_picture() {
    let kinds = [
        NodeKind::Service,
        NodeKind::Client,
        NodeKind::Client,
        NodeKind::LoadBalancer,
        NodeKind::Listener,
        NodeKind::TargetGroup,
        NodeKind::TargetGroup,
        NodeKind::Discovery,
        NodeKind::Exit,
        NodeKind::Exit,
        NodeKind::Destination,
        NodeKind::Destination,
        NodeKind::Cluster,
        NodeKind::Role,
        NodeKind::Role,
    ];
    let node = |(index, kind): (usize, &NodeKind)| {
        let long = "a_very_long_name_of_a_resource_in_a_module".repeat(3);
        Node::new(*kind, format!("{index}"), long).facts((0..index).map(|fact| format!("fact {fact}")))
    };
    let mut nodes: Vec<Node> = kinds.iter().enumerate().map(node).collect();
    nodes.push(Node { change: Change::Removed, ..Node::new(NodeKind::Task, "task", "task") }.inside(0));
    let task = nodes.len() - 1;
    for index in 0..6 {
        nodes.push(Node::new(NodeKind::Container, format!("container {index}"), "app").inside(task));
    }
    let mut edges = Vec::new();
    for from in 0..nodes.len() {
        for to in 0..nodes.len() {
            if from != to {
                let mut edge = Edge::new(from, to).label(Some(format!("edge {from} {to} with a long label")));
                edge.findings = (0..(from + to) % 4).collect();
                edges.push(edge);
            }
        }
    }
    check(&ServiceGraph { nodes, edges, ..ServiceGraph::default() });
}

#[test]
fn a_picture_without_nodes_is_empty() {
    check(&ServiceGraph::default());
}
