//! Where the boxes and arrows of a service are, in pixels. Columns have a fixed order, so that all services look alike: what leads to
//! the tasks is on the left, and what they need is on the right.

use crate::graph::parts::{Edge, NodeKind, ServiceGraph};

mod boxes;
mod routes;

pub(super) use boxes::{BADGE, Style, edge_text, lines};
pub(super) use routes::Shape;

use boxes::Size;
use routes::Route;

/// The space around the picture.
const MARGIN: i32 = 12;
/// The space between two boxes of a column.
const SPACING: i32 = 18;
/// The least space between two columns.
const GAP: i32 = 44;

/// A box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Area {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

impl Area {
    fn middle(self) -> i32 {
        self.y + self.height / 2
    }

    /// The height at which an arrow from or to another height meets the box.
    fn side(self, other: i32) -> i32 {
        let inset = (self.height / 2).min(16);
        other.clamp(self.y + inset, self.y + self.height - inset)
    }

    fn right(self) -> i32 {
        self.x + self.width
    }

    fn bottom(self) -> i32 {
        self.y + self.height
    }
}

/// The places of all parts of a service.
#[derive(Debug)]
pub(super) struct Layout {
    pub width: i32,
    pub height: i32,
    /// The area of each node.
    pub areas: Vec<Area>,
    /// The route of each edge.
    pub routes: Vec<Route>,
}

/// What occupies a part of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    /// A node.
    Node(usize),
    /// An edge that passes the column.
    Lane(usize),
}

/// A column.
#[derive(Debug, Default)]
struct Column {
    slots: Vec<(Slot, Area)>,
    x: i32,
    width: i32,
    /// The width of the space on its right.
    gap: i32,
}

/// The column of a kind of nodes; `None` for those that are drawn within or below others.
fn column_of(kind: NodeKind) -> Option<usize> {
    match kind {
        NodeKind::Client => Some(0),
        NodeKind::LoadBalancer => Some(1),
        NodeKind::Listener => Some(2),
        NodeKind::TargetGroup | NodeKind::Discovery => Some(3),
        NodeKind::Service | NodeKind::Task => Some(MAIN),
        NodeKind::Exit => Some(5),
        NodeKind::Destination => Some(6),
        NodeKind::Container | NodeKind::Cluster | NodeKind::Role => None,
    }
}

/// The column of the service.
const MAIN: usize = 4;

/// Places all parts of a service.
pub(super) fn layout(service: &ServiceGraph) -> Layout {
    let mut plan = Plan::new(service);
    plan.fill();
    plan.arrange();
    plan.widen();
    plan.finish()
}

/// A layout in the making.
struct Plan<'s> {
    service: &'s ServiceGraph,
    sizes: Vec<Size>,
    areas: Vec<Area>,
    columns: [Column; 7],
}

impl<'s> Plan<'s> {
    fn new(service: &'s ServiceGraph) -> Plan<'s> {
        let sizes = boxes::sizes(service);
        let areas = vec![Area::default(); service.nodes.len()];
        Plan { service, sizes, areas, columns: std::array::from_fn(|_| Column::default()) }
    }

    /// The column of a node, or of the one that contains it.
    fn column(&self, index: usize) -> Option<usize> {
        let node = &self.service.nodes[index];
        match node.within {
            Some(outer) => self.column(outer),
            None => column_of(node.kind),
        }
    }

    /// The columns that an edge connects, if it goes from left to right.
    fn span(&self, edge: &Edge) -> Option<(usize, usize)> {
        let (from, to) = (self.column(edge.from)?, self.column(edge.to)?);
        (from < to).then_some((from, to))
    }

    /// Fills the columns with nodes, and with the edges that pass them.
    fn fill(&mut self) {
        for (index, node) in self.service.nodes.iter().enumerate() {
            let Some(column) = column_of(node.kind).filter(|_| node.within.is_none()) else { continue };
            let Size { width, height } = self.sizes[index];
            self.columns[column].slots.push((Slot::Node(index), Area { width, height, ..Area::default() }));
        }
        let used: Vec<bool> = self.columns.iter().map(|column| !column.slots.is_empty()).collect();
        for (index, edge) in self.service.edges.iter().enumerate() {
            let Some((from, to)) = self.span(edge) else { continue };
            for column in (from + 1..to).filter(|column| used[*column]) {
                let lane = Area { height: 8, ..Area::default() };
                self.columns[column].slots.push((Slot::Lane(index), lane));
            }
        }
        for column in &mut self.columns {
            column.width = column.slots.iter().map(|(_, area)| area.width).max().unwrap_or(0);
            for (_, area) in &mut column.slots {
                area.width = column.width;
            }
        }
    }

    /// Sets the heights: first those of the service, then those of its neighbours, so that arrows are as level as possible.
    fn arrange(&mut self) {
        let mut y = 0;
        for (slot, area) in &mut self.columns[MAIN].slots {
            area.y = y;
            y += area.height + SPACING;
            if let Slot::Node(index) = slot {
                self.areas[*index] = *area;
            }
        }
        self.place_inner();
        self.place_below(y);
        for column in (0..MAIN).rev() {
            self.align(column);
        }
        for column in MAIN + 1..self.columns.len() {
            self.align(column);
        }
    }

    /// Places nodes within the ones that contain them. A node comes after the one that contains it.
    fn place_inner(&mut self) {
        for outer in 0..self.service.nodes.len() {
            let area = self.areas[outer];
            let inner: Vec<usize> = self.service.within(outer).map(|(index, _)| index).collect();
            let mut y = area.bottom() - boxes::inner_height(&inner, &self.sizes) - boxes::PADDING;
            for index in inner {
                let Size { width, height } = self.sizes[index];
                self.areas[index] = Area { x: boxes::PADDING, y, width, height };
                y += height + boxes::INNER_SPACING;
            }
        }
    }

    /// Places the cluster and the roles below the service.
    fn place_below(&mut self, from: i32) {
        let mut y = from;
        for (index, node) in self.service.nodes.iter().enumerate() {
            if matches!(node.kind, NodeKind::Cluster | NodeKind::Role) {
                let Size { width, height } = self.sizes[index];
                self.areas[index] = Area { x: BELOW_INSET, y, width, height };
                y += height + boxes::INNER_SPACING;
            }
        }
    }

    /// Places the slots of a column next to what they are connected with in the columns that were placed before.
    fn align(&mut self, column: usize) {
        let wanted: Vec<i32> =
            self.columns[column].slots.iter().map(|(slot, _)| self.wanted(*slot, column)).collect();
        let slots = std::mem::take(&mut self.columns[column].slots);
        let mut sorted: Vec<(i32, (Slot, Area))> = wanted.into_iter().zip(slots).collect();
        sorted.sort_by_key(|(wanted, _)| *wanted);
        let mut end = i32::MIN / 2;
        let mut off = 0;
        for (wanted, (_, area)) in &mut sorted {
            area.y = (*wanted - area.height / 2).max(end);
            end = area.bottom() + SPACING;
            off += *wanted - area.middle();
        }
        let shift =
            i32::try_from(sorted.len()).ok().filter(|count| *count > 0).map_or(0, |count| off / count);
        for (_, (slot, area)) in &mut sorted {
            area.y += shift;
            if let Slot::Node(index) = slot {
                self.areas[*index] = *area;
            }
        }
        self.columns[column].slots = sorted.into_iter().map(|(_, slot)| slot).collect();
    }

    /// The height of the middle of what a slot is connected with, on the side of the service.
    fn wanted(&self, slot: Slot, column: usize) -> i32 {
        let is_near = |edge: &&Edge| match self.span(edge) {
            Some((from, to)) if column < MAIN => from <= column && to > column,
            Some((from, to)) => from < column && to >= column,
            None => false,
        };
        let nearer = |edge: &Edge| if column < MAIN { edge.to } else { edge.from };
        let further = |edge: &Edge| if column < MAIN { edge.from } else { edge.to };
        let heights: Vec<i32> = match slot {
            Slot::Node(index) => {
                let own = self.service.edges.iter().filter(is_near).filter(|edge| further(edge) == index);
                own.map(|edge| self.areas[nearer(edge)].middle()).collect()
            }
            Slot::Lane(edge) => vec![self.areas[nearer(&self.service.edges[edge])].middle()],
        };
        let count = i32::try_from(heights.len()).unwrap_or(1).max(1);
        heights.iter().sum::<i32>() / count
    }

    /// Sets the widths: the space on the right of a column is as wide as the texts in it.
    fn widen(&mut self) {
        for edge in &self.service.edges {
            let Some((from, _)) = self.span(edge) else { continue };
            let chip = boxes::chip_width(edge);
            let gap = if chip > 0 { chip + 36 } else { GAP };
            self.columns[from].gap = self.columns[from].gap.max(gap);
        }
        let mut x = MARGIN;
        for column in self.columns.iter_mut().filter(|column| !column.slots.is_empty()) {
            column.x = x;
            x += column.width + column.gap.max(GAP);
        }
    }

    /// Moves everything to its final place, and finds the routes of the edges.
    fn finish(mut self) -> Layout {
        for index in 0..self.areas.len() {
            let node = &self.service.nodes[index];
            let outer = node.within.map(|outer| self.areas[outer].x);
            let column = self.columns[self.column(index).unwrap_or(MAIN)].x;
            self.areas[index].x = match outer {
                Some(outer) => outer + self.areas[index].x,
                None => column + self.areas[index].x,
            };
        }
        for column in &mut self.columns {
            for (_, area) in &mut column.slots {
                area.x = column.x;
            }
        }
        let mut routes = self.routes();
        let chips = routes.iter().filter_map(|route| route.chip.as_ref());
        let areas = self.areas.iter().chain(chips.map(|chip| &chip.area));
        let top = areas.clone().map(|area| area.y).min().unwrap_or(0);
        let down = MARGIN - top;
        let bottom = areas.clone().map(|area| area.bottom()).max().unwrap_or(0) + down + MARGIN;
        let width = areas.map(|area| area.right()).max().unwrap_or(0) + MARGIN;
        self.areas.iter_mut().for_each(|area| area.y += down);
        routes.iter_mut().for_each(|route| route.lower(down));
        Layout { width, height: bottom, areas: self.areas, routes }
    }
}

/// How far the boxes below the service are moved to the right.
const BELOW_INSET: i32 = 32;

#[cfg(test)]
mod tests;
