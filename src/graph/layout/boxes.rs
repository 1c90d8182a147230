//! The sizes of boxes, and the lines of text in them.

use crate::graph::outline;
use crate::graph::parts::{Edge, Node, NodeKind, ServiceGraph};

/// The space between the border of a box and its content.
pub(super) const PADDING: i32 = 12;
/// The space between two boxes within another one.
pub(super) const INNER_SPACING: i32 = 10;
/// The width of a hundred characters of a name, and of a fact: a monospaced font of 12 and 11 pixels, whose characters are at most
/// 0.605 times as wide as they are high.
const NAME_WIDTH: i32 = 726;
const FACT_WIDTH: i32 = 666;
/// The width of a badge.
pub(in crate::graph) const BADGE: i32 = 20;
/// The height of a task's memory bar with the space around it.
const BAR: i32 = 16;

/// The size of a box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::graph) struct Size {
    pub width: i32,
    pub height: i32,
}

/// How a line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graph) enum Style {
    /// The kind of a node.
    Kind,
    /// Its name.
    Name,
    /// A fact.
    Fact,
}

/// A line of text in a box.
#[derive(Clone, Debug)]
pub(in crate::graph) struct Line {
    pub style: Style,
    pub text: String,
    /// The height of its baseline below the top of the box.
    pub y: i32,
}

/// The most facts that are shown; all are in the tooltip.
const MAX_FACTS: usize = 8;

/// The lines of a box that is `width` wide.
pub(in crate::graph) fn lines(node: &Node, width: i32) -> Vec<Line> {
    let room = |hundred: i32| usize::try_from((width - 2 * PADDING) * 100 / hundred).unwrap_or(0);
    let mut y = 20;
    let unknown = if node.is_known { "" } else { ", not in the files" };
    let mut lines = vec![Line { style: Style::Kind, text: format!("{}{unknown}", node.kind.noun()), y }];
    y += 17;
    let name = format!("{}{}", node.change.mark(), node.name);
    lines.push(Line { style: Style::Name, text: shorten(&name, room(NAME_WIDTH)), y });
    let hidden = node.facts.len().saturating_sub(MAX_FACTS);
    let more = (hidden > 0).then(|| format!("and {hidden} more"));
    let facts = node.facts.iter().take(MAX_FACTS).cloned().chain(more);
    for fact in facts {
        y += 15;
        lines.push(Line { style: Style::Fact, text: shorten(&fact, room(FACT_WIDTH)), y });
    }
    lines
}

/// The text with its middle left out if it is longer than `room`: the ends of addresses say the most.
fn shorten(text: &str, room: usize) -> String {
    let length = text.chars().count();
    if length <= room || room < 5 {
        return text.to_owned();
    }
    let tail = (room - 1) * 3 / 5;
    let head = room - 1 - tail;
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(length - tail).collect();
    format!("{start}…{end}")
}

/// The width of a kind of node that contains no other.
fn width(kind: NodeKind) -> i32 {
    match kind {
        NodeKind::Client => 112,
        NodeKind::Listener => 196,
        NodeKind::LoadBalancer
        | NodeKind::TargetGroup
        | NodeKind::Discovery
        | NodeKind::Exit
        | NodeKind::Destination => 212,
        NodeKind::Service | NodeKind::Task => 340,
        NodeKind::Container => 292,
        NodeKind::Cluster | NodeKind::Role => 308,
    }
}

/// The sizes of all nodes.
pub(super) fn sizes(service: &ServiceGraph) -> Vec<Size> {
    let mut sizes = vec![Size::default(); service.nodes.len()];
    // A node comes after the one that contains it.
    for (index, node) in service.nodes.iter().enumerate().rev() {
        let inner: Vec<usize> = service.within(index).map(|(index, _)| index).collect();
        let depth = i32::from(node.within.is_some()) * 2 * PADDING;
        let width =
            if node.kind == NodeKind::Container { width(node.kind) } else { width(node.kind) - depth };
        let own = own_height(node, width);
        let within = inner_height(&inner, &sizes);
        let height = if inner.is_empty() { own } else { own + within + PADDING };
        sizes[index] = Size { width, height };
    }
    sizes
}

/// The height of the lines of a node, and of its memory bar.
fn own_height(node: &Node, width: i32) -> i32 {
    let last = lines(node, width).last().map_or(0, |line| line.y);
    last + PADDING + node.memory.as_ref().map_or(0, |_| BAR)
}

/// The height of boxes one below the other.
pub(super) fn inner_height(inner: &[usize], sizes: &[Size]) -> i32 {
    let heights: i32 = inner.iter().map(|index| sizes[*index].height + INNER_SPACING).sum();
    (heights - INNER_SPACING).max(0)
}

/// The width of the text and the badges on an edge; 0 if it has none.
pub(super) fn chip_width(edge: &Edge) -> i32 {
    let text = outline::label(edge).map_or(0, |label| text_width(&label));
    let badges = i32::try_from(edge.findings.len()).unwrap_or(0) * BADGE;
    if text + badges == 0 { 0 } else { text + badges + 12 }
}

/// The width of a text on an edge.
pub(in crate::graph) fn text_width(text: &str) -> i32 {
    i32::try_from(shorten(text, 22).chars().count()).unwrap_or(0) * FACT_WIDTH / 100
}

/// The text on an edge, as short as [`text_width`] assumes.
pub(in crate::graph) fn edge_text(edge: &Edge) -> Option<String> {
    outline::label(edge).map(|label| shorten(&label, 22))
}
