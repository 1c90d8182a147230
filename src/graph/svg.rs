//! The picture as SVG.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Severity};
use crate::graph::html::target;
use crate::graph::layout::{Area, BADGE, Layout, Shape, Style, edge_text, layout, lines};
use crate::graph::outline::{self, line, wrapped};
use crate::graph::parts::{Edge, Graph, Memory, Node, Passage, ServiceGraph};
use crate::report::markup;
use crate::source::Sources;

/// The style of the picture, for light and dark backgrounds.
pub(super) const STYLE: &str = include_str!("svg/style.css");

/// The height of a line of the list of findings.
const LINE: i32 = 18;
/// The width of a character of the list of findings.
const CHARACTER: i32 = 7;

/// Writes all services into one picture, each with the list of its findings.
///
/// # Errors
/// Write errors of `out`.
pub fn write(graph: &Graph, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let mut body = String::new();
    let (mut y, mut width) = (8, 640);
    for (index, service) in graph.services.iter().enumerate() {
        let layout = layout(service);
        width = width.max(layout.width);
        heading(service, y, &mut body);
        y += 36;
        let _ = write!(body, r#"<g transform="translate(0 {y})">"#);
        draw(service, index, &layout, sources, &mut body);
        body.push_str("</g>");
        y += layout.height + 8;
        for (number, found) in service.findings.iter().enumerate() {
            y = finding(found, Some((index, number)), y, width, sources, &mut body);
        }
        y += 24;
    }
    for found in &graph.others {
        y = finding(found, None, y, width, sources, &mut body);
    }
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" class="ecslint" width="{width}" height="{y}" viewBox="0 0 {width} {y}" font-size="12"><title>ecslint graph</title><style>{STYLE}</style>{MARKERS}<rect class="paper" width="100%" height="100%"/>{body}</svg>"#
    )
}

/// The heads of arrows.
pub(super) const MARKERS: &str = concat!(
    r#"<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="head" d="M0 0L8 4L0 8z"/></marker>"#,
    r#"<marker id="head-broken" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="head broken" d="M0 0L8 4L0 8z"/></marker></defs>"#
);

fn heading(service: &ServiceGraph, y: i32, body: &mut String) {
    let scenario = service.scenario.as_ref().map(|name| format!(" · scenario {name}")).unwrap_or_default();
    let name = markup::html(&format!("{}{}{scenario}", service.change.mark(), service.name));
    let _ = write!(body, r#"<text class="heading" x="12" y="{}">{name}</text>"#, y + 22);
}

/// Writes a finding over as many lines as it needs, and returns where the next one starts.
fn finding(
    found: &Diagnostic,
    id: Option<(usize, usize)>,
    y: i32,
    width: i32,
    sources: &Sources,
    body: &mut String,
) -> i32 {
    let room = usize::try_from((width - 56) / CHARACTER).unwrap_or(40).max(40);
    let texts = wrapped(&line(found, sources), room);
    if let Some((service, number)) = id {
        let _ = write!(body, r#"<g id="finding-{service}-{number}">"#);
        badge(found.severity, number, 24, y + LINE / 2, body);
        body.push_str("</g>");
    }
    let mut y = y;
    for text in texts {
        let _ = write!(body, r#"<text class="finding" x="40" y="{}">{}</text>"#, y + 13, markup::html(&text));
        y += LINE;
    }
    y + 4
}

/// The picture of one service, for a page that has the style and the heads of arrows.
pub(super) fn panel(service: &ServiceGraph, index: usize, sources: &Sources) -> String {
    let layout = layout(service);
    let Layout { width, height, .. } = layout;
    let label = markup::html(&format!("Topology of {}", service.name));
    let mut body = format!(
        r#"<svg class="ecslint" role="group" aria-label="{label}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-size="12" style="min-width:{}px">"#,
        width * 7 / 10
    );
    draw(service, index, &layout, sources, &mut body);
    body.push_str("</svg>");
    body
}

/// Draws boxes from the outside to the inside, then edges, then what is on them.
fn draw(service: &ServiceGraph, index: usize, layout: &Layout, sources: &Sources, body: &mut String) {
    for (node, area) in service.nodes.iter().zip(&layout.areas) {
        draw_node(service, node, *area, sources, body);
    }
    for (edge, route) in service.edges.iter().zip(&layout.routes) {
        let class = edge_class(edge);
        let head = if edge.is_broken { "head-broken" } else { "head" };
        let path = path(&route.points, route.shape);
        let marker = if route.shape == Shape::Below {
            String::new()
        } else {
            format!(r#" marker-end="url(#{head})""#)
        };
        let _ = write!(body, r#"<path class="edge{class}" d="{path}"{marker}/>"#);
    }
    for (edge, route) in service.edges.iter().zip(&layout.routes) {
        if let Some(chip) = &route.chip {
            draw_chip(service, index, edge, chip.area, body);
        }
    }
    for (node, area) in service.nodes.iter().zip(&layout.areas) {
        let badges = node.findings.iter().rev().enumerate();
        for (position, number) in badges {
            let position = i32::try_from(position).unwrap_or(0);
            let x = area.x + area.width - 14 - position * BADGE;
            linked_badge(service, index, *number, x, area.y + 14, body);
        }
    }
}

fn draw_node(service: &ServiceGraph, node: &Node, area: Area, sources: &Sources, body: &mut String) {
    let Area { x, y, width, height } = area;
    let unknown = if node.is_known { "" } else { " unknown" };
    let worst = node.findings.iter().map(|number| service.findings[*number].severity).min();
    let worst = worst.map(|severity| format!(" has-{}", severity.name())).unwrap_or_default();
    let (kind, change) = (node.kind.id(), node.change.id());
    let tip: Vec<&str> =
        [node.name.as_str()].into_iter().chain(node.facts.iter().map(String::as_str)).collect();
    let tip = markup::html(&format!("{} {}", node.kind.noun(), tip.join("\n")));
    let _ = write!(
        body,
        r#"<g class="node {kind} {change}{unknown}{worst}"><title>{tip}</title><rect class="box" x="{x}" y="{y}" width="{width}" height="{height}" rx="8"/><rect class="accent" x="{x}" y="{}" width="3" height="{}" rx="1.5"/>"#,
        y + 10,
        (height - 20).max(4)
    );
    let lines = lines(node, width);
    for line in &lines {
        let class = match line.style {
            Style::Kind => "kind",
            Style::Name => "name",
            Style::Fact => "fact",
        };
        let text = format!(
            r#"<text class="{class}" x="{}" y="{}">{}</text>"#,
            x + 12,
            y + line.y,
            markup::html(&line.text)
        );
        match node.at.filter(|_| line.style == Style::Name) {
            Some(at) => _ = write!(body, r#"<a class="place"{}>{text}</a>"#, target(at, sources)),
            None => body.push_str(&text),
        }
    }
    if let Some(memory) = &node.memory {
        let top = lines.last().map_or(0, |line| line.y) + 8;
        draw_memory(memory, Area { x: x + 12, y: y + top, width: width - 24, height: 8 }, body);
    }
    body.push_str("</g>");
}

/// A bar whose length is the memory of the task, with a segment for each container.
fn draw_memory(memory: &Memory, area: Area, body: &mut String) {
    let Area { x, y, width, height } = area;
    let used: i64 = memory.parts.iter().map(|(_, part)| *part).sum();
    let whole = memory.total.max(used).max(1);
    let length = |part: i64| i32::try_from(i64::from(width) * part / whole).unwrap_or(0);
    let _ = write!(
        body,
        r#"<g class="memory"><title>{used} of {} MiB</title><rect class="free" x="{x}" y="{y}" width="{width}" height="{height}" rx="2"/>"#,
        memory.total
    );
    let mut from = 0;
    for (name, part) in &memory.parts {
        let class = if from + part > memory.total { "used over" } else { "used" };
        let start = x + length(from);
        let _ = write!(
            body,
            r#"<rect class="{class}" x="{start}" y="{y}" width="{}" height="{height}"><title>{}: {part} MiB</title></rect>"#,
            (length(from + part) - length(from) - 1).max(1),
            markup::html(name)
        );
        from += part;
    }
    body.push_str("</g>");
}

fn edge_class(edge: &Edge) -> String {
    let unknown = if edge.is_known { "" } else { " unknown" };
    let broken = if edge.is_broken { " broken" } else { "" };
    format!(" {}{unknown}{broken}", edge.change.id())
}

/// A line through points: curves for the flow, and straight lines to the boxes below.
fn path(points: &[(i32, i32)], shape: Shape) -> String {
    let Some(((x, y), rest)) = points.split_first() else { return String::new() };
    let mut path = format!("M{x} {y}");
    let (mut x, mut y) = (*x, *y);
    for (to_x, to_y) in rest.iter().copied() {
        let _ = match shape {
            Shape::Flow if to_y != y => {
                let middle = (x + to_x) / 2;
                write!(path, "C{middle} {y} {middle} {to_y} {to_x} {to_y}")
            }
            Shape::Flow | Shape::Below => write!(path, "L{to_x} {to_y}"),
            Shape::Inner => write!(path, "C{} {y} {} {to_y} {to_x} {to_y}", x + 14, to_x + 14),
        };
        (x, y) = (to_x, to_y);
    }
    path
}

/// The text on an edge and its badges.
fn draw_chip(service: &ServiceGraph, index: usize, edge: &Edge, area: Area, body: &mut String) {
    let Area { x, y, width, height } = area;
    let passage = match edge.gate.as_ref().map(|gate| gate.passage) {
        Some(Passage::Open) => " open",
        Some(Passage::Blocked) => " blocked",
        Some(Passage::Unknown) | None => "",
    };
    let full = outline::label(edge)
        .map(|label| format!("<title>{}</title>", markup::html(&label)))
        .unwrap_or_default();
    let _ = write!(
        body,
        r#"<g class="chip{passage}{}">{full}<rect class="box" x="{x}" y="{y}" width="{width}" height="{height}" rx="11"/>"#,
        edge_class(edge)
    );
    if let Some(text) = edge_text(edge) {
        let _ =
            write!(body, r#"<text class="fact" x="{}" y="{}">{}</text>"#, x + 8, y + 15, markup::html(&text));
    }
    body.push_str("</g>");
    for (position, number) in edge.findings.iter().rev().enumerate() {
        let position = i32::try_from(position).unwrap_or(0);
        linked_badge(service, index, *number, x + width - 11 - position * BADGE, y + 11, body);
    }
}

/// A badge that leads to its finding in the list.
fn linked_badge(service: &ServiceGraph, index: usize, number: usize, x: i32, y: i32, body: &mut String) {
    let found = &service.findings[number];
    let says = markup::html(&format!("Finding {}: {}", number + 1, found.message));
    let _ = write!(body, r##"<a href="#finding-{index}-{number}" aria-label="{says}">"##);
    badge(found.severity, number, x, y, body);
    body.push_str("</a>");
}

fn badge(severity: Severity, number: usize, x: i32, y: i32, body: &mut String) {
    let _ = write!(
        body,
        r#"<g class="badge {}"><circle cx="{x}" cy="{y}" r="9"/><text x="{x}" y="{}" text-anchor="middle">{}</text></g>"#,
        severity.name(),
        y + 4,
        number + 1
    );
}
