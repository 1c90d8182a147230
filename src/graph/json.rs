//! The picture as JSON, described by `schemas/graph.schema.json`, so that other programs can draw it.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::graph::parts::{Edge, Graph, Node, Passage, ServiceGraph};
use crate::report::escaped;
use crate::source::{Sources, Span};

#[derive(Serialize)]
struct Picture<'g> {
    version: u8,
    services: Vec<Service<'g>>,
    findings: Vec<Finding<'g>>,
}

#[derive(Serialize)]
struct Service<'g> {
    id: &'g str,
    name: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Place>,
    change: &'static str,
    nodes: Vec<Part<'g>>,
    edges: Vec<Arrow<'g>>,
    findings: Vec<Finding<'g>>,
}

#[derive(Serialize)]
struct Part<'g> {
    id: &'g str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<&'g str>,
    name: &'g str,
    facts: &'g [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    memory: Option<Shares<'g>>,
    known: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Place>,
    change: &'static str,
    findings: Vec<usize>,
}

#[derive(Serialize)]
struct Shares<'g> {
    total: i64,
    containers: Vec<Share<'g>>,
}

#[derive(Serialize)]
struct Share<'g> {
    name: &'g str,
    memory: i64,
}

#[derive(Serialize)]
struct Arrow<'g> {
    from: &'g str,
    to: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ports: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passage: Option<&'static str>,
    known: bool,
    broken: bool,
    change: &'static str,
    findings: Vec<usize>,
}

#[derive(Serialize)]
struct Finding<'g> {
    rule: &'g str,
    severity: &'static str,
    message: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'g str>,
    at: Place,
}

#[derive(Serialize)]
struct Place {
    path: String,
    line: u32,
    column: u32,
}

/// Writes all services and their findings.
///
/// # Errors
/// Write errors of `out`.
pub fn write(graph: &Graph, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let picture = Picture {
        version: 1,
        services: graph.services.iter().map(|each| service(each, sources)).collect(),
        findings: graph.others.iter().map(|found| finding(found, sources)).collect(),
    };
    escaped::write(out, &picture)
}

fn service<'g>(service: &'g ServiceGraph, sources: &Sources) -> Service<'g> {
    Service {
        id: &service.id,
        name: &service.name,
        scenario: service.scenario.as_deref(),
        at: service.at.map(|at| place(at, sources)),
        change: service.change.id(),
        nodes: service.nodes.iter().map(|node| part(service, node, sources)).collect(),
        edges: service.edges.iter().map(|edge| arrow(service, edge)).collect(),
        findings: service.findings.iter().map(|found| finding(found, sources)).collect(),
    }
}

fn part<'g>(service: &'g ServiceGraph, node: &'g Node, sources: &Sources) -> Part<'g> {
    let share = |(name, memory): &'g (String, i64)| Share { name, memory: *memory };
    Part {
        id: &node.key,
        kind: node.kind.id(),
        within: node.within.map(|outer| service.nodes[outer].key.as_str()),
        name: &node.name,
        facts: &node.facts,
        memory: node.memory.as_ref().map(|memory| Shares {
            total: memory.total,
            containers: memory.parts.iter().map(share).collect(),
        }),
        known: node.is_known,
        at: node.at.map(|at| place(at, sources)),
        change: node.change.id(),
        findings: numbers(&node.findings),
    }
}

fn arrow<'g>(service: &'g ServiceGraph, edge: &'g Edge) -> Arrow<'g> {
    let passage = |passage: Passage| match passage {
        Passage::Open => "open",
        Passage::Blocked => "blocked",
        Passage::Unknown => "unknown",
    };
    Arrow {
        from: &service.nodes[edge.from].key,
        to: &service.nodes[edge.to].key,
        label: edge.label.as_deref(),
        ports: edge.gate.as_ref().map(|gate| gate.ports.as_str()),
        passage: edge.gate.as_ref().map(|gate| passage(gate.passage)),
        known: edge.is_known,
        broken: edge.is_broken,
        change: edge.change.id(),
        findings: numbers(&edge.findings),
    }
}

/// The numbers of findings, from 1.
fn numbers(findings: &[usize]) -> Vec<usize> {
    findings.iter().map(|index| index + 1).collect()
}

fn finding<'g>(found: &'g Diagnostic, sources: &Sources) -> Finding<'g> {
    Finding {
        rule: found.rule,
        severity: found.severity.name(),
        message: &found.message,
        help: found.help.as_deref(),
        at: place(found.span, sources),
    }
}

fn place(span: Span, sources: &Sources) -> Place {
    let position = sources.get(span.file).position(span.start);
    Place { path: sources.name(span.file), line: position.line, column: position.column }
}
