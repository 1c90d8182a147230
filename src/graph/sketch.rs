//! The picture of one service while it is drawn.

use std::ops::RangeInclusive;

use crate::diagnostic::Place;
use crate::graph::parts::{Change, Edge, Gate, Memory, Node, NodeKind, Passage};
use crate::graph::pen::Pen;
use crate::model::{Peer, Project, Resource, SecurityGroupSet};
use crate::source::Span;
use crate::value;

/// The nodes and edges that were drawn so far.
pub(super) struct Sketch<'a, 'r> {
    /// The component of the service.
    pub project: Project<'a>,
    /// Writes values.
    pub pen: Pen<'r>,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The edges.
    pub edges: Vec<Edge>,
}

impl<'a, 'r> Sketch<'a, 'r> {
    pub fn new(project: Project<'a>, pen: Pen<'r>) -> Sketch<'a, 'r> {
        Sketch { project, pen, nodes: Vec::new(), edges: Vec::new() }
    }

    /// Adds a node, unless there already is one with its key, and returns its index.
    pub fn add(&mut self, node: Node) -> usize {
        if let Some(index) = self.nodes.iter().position(|other| other.key == node.key) {
            let there = &mut self.nodes[index];
            let new = node.facts.into_iter().filter(|fact| !there.facts.contains(fact)).collect::<Vec<_>>();
            there.facts.extend(new);
            there.places.extend(node.places);
            return index;
        }
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// Adds an edge, or its label and places to the edge between the same nodes.
    pub fn connect(&mut self, edge: Edge) {
        let same = |other: &&mut Edge| (other.from, other.to) == (edge.from, edge.to);
        let Some(there) = self.edges.iter_mut().find(same) else {
            self.edges.push(edge);
            return;
        };
        there.places.extend(edge.places);
        there.is_known &= edge.is_known;
        there.gate = there.gate.take().or(edge.gate);
        there.label = match (there.label.take(), edge.label) {
            (Some(ours), Some(theirs)) if ours != theirs => Some(format!("{ours}, {theirs}")),
            (ours, theirs) => ours.or(theirs),
        };
    }

    /// The node of a resource.
    pub fn of(&self, kind: NodeKind, resource: &Resource) -> Node {
        let address = resource.address.as_ref().map(ToString::to_string);
        let own = ["serviceName", "family", "clusterName", "name", "Name"];
        let own = own.iter().find_map(|key| resource.request.get(key)).map(|name| self.pen.value(name));
        let named = address.map(|address| self.pen.text(&address)).or(own);
        let name = named.unwrap_or_else(|| resource.kind.noun().to_owned());
        let key = format!("{} {name}", kind.id());
        Node::new(kind, key, name).at(resource.header).with(resource)
    }

    /// The node of something that is only referred to.
    pub fn referred(&self, kind: NodeKind, value: &value::Node) -> Node {
        let name = self.pen.value(value);
        Node { is_known: false, ..Node::new(kind, format!("{} {name}", kind.id()), name) }
            .place(Place::from(value))
    }

    /// An edge with the security groups at its ends. Each end is `None` unless all of its groups are known; of several ends
    /// `to`, one may be meant.
    pub fn gated(
        &self,
        edge: Edge,
        from: Option<Peer<'_, 'a>>,
        to: Option<&[SecurityGroupSet<'a>]>,
        ports: &RangeInclusive<i64>,
    ) -> Edge {
        let passage = match (from, to) {
            (Some(from), Some(to)) if self.project.severed(from, to, ports).is_some() => Passage::Blocked,
            (Some(_), Some(_)) => Passage::Open,
            _ => Passage::Unknown,
        };
        let ends = to.into_iter().flatten();
        let groups = ends.flat_map(SecurityGroupSet::groups).fold(edge, |edge, group| edge.with(group));
        let ports = match (ports.start(), ports.end()) {
            (first, last) if first == last => format!(":{first}"),
            (first, last) => format!(":{first}-{last}"),
        };
        Edge { gate: Some(Gate { ports, passage }), ..groups }
    }
}

impl Node {
    pub(super) fn new(kind: NodeKind, key: impl Into<String>, name: impl Into<String>) -> Node {
        Node {
            key: key.into(),
            kind,
            within: None,
            name: name.into(),
            facts: Vec::new(),
            memory: None,
            at: None,
            is_known: true,
            findings: Vec::new(),
            change: Change::Same,
            places: Vec::new(),
        }
    }

    /// Sets where it is defined.
    #[must_use]
    pub(super) fn at(mut self, at: Span) -> Node {
        self.at = Some(at);
        self
    }

    /// Adds the places of a resource that belongs to it.
    #[must_use]
    pub(super) fn with(mut self, resource: &Resource) -> Node {
        self.places.push(resource.header);
        self.containing(&resource.request)
    }

    /// Adds the places of a value that belongs to it.
    #[must_use]
    pub(super) fn containing(mut self, value: &value::Node) -> Node {
        value.each_place(&mut |place| self.places.push(place));
        self
    }

    /// Adds a place that belongs to it.
    #[must_use]
    pub(super) fn place(mut self, place: Place) -> Node {
        self.places.extend([place.span].into_iter().chain(place.used));
        self
    }

    /// Adds facts.
    #[must_use]
    pub(super) fn facts(mut self, facts: impl IntoIterator<Item = String>) -> Node {
        self.facts.extend(facts);
        self
    }

    /// Places it within another node.
    #[must_use]
    pub(super) fn inside(mut self, index: usize) -> Node {
        self.within = Some(index);
        self
    }

    /// Sets how its memory is divided.
    #[must_use]
    pub(super) fn divided(mut self, memory: Option<Memory>) -> Node {
        self.memory = memory;
        self
    }
}

impl Edge {
    pub(super) fn new(from: usize, to: usize) -> Edge {
        Edge {
            from,
            to,
            label: None,
            gate: None,
            is_known: true,
            findings: Vec::new(),
            is_broken: false,
            change: Change::Same,
            places: Vec::new(),
        }
    }

    /// Sets what it is about.
    #[must_use]
    pub(super) fn label(mut self, label: Option<String>) -> Edge {
        self.label = label;
        self
    }

    /// Sets whether the files define what it connects.
    #[must_use]
    pub(super) fn known(mut self, is_known: bool) -> Edge {
        self.is_known = is_known;
        self
    }

    /// Adds a place that belongs to it.
    #[must_use]
    pub(super) fn place(mut self, place: Place) -> Edge {
        self.places.extend([place.span].into_iter().chain(place.used));
        self
    }

    /// Adds the places of a value that belongs to it.
    #[must_use]
    pub(super) fn containing(mut self, value: &value::Node) -> Edge {
        value.each_place(&mut |place| self.places.push(place));
        self
    }

    /// Adds the places of a resource that belongs to it.
    #[must_use]
    pub(super) fn with(mut self, resource: &Resource) -> Edge {
        self.places.push(resource.header);
        self.containing(&resource.request)
    }
}
