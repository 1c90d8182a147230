//! The routes of edges, and the places of the texts on them.

use crate::graph::layout::{Area, Plan, Slot, boxes};
use crate::graph::parts::{Edge, NodeKind};

/// The height of the text on an edge.
const CHIP_HEIGHT: i32 = 22;

/// The route of an edge.
#[derive(Clone, Debug)]
pub(in crate::graph) struct Route {
    /// The points that it passes. Between them it is a curve that starts and ends level.
    pub points: Vec<(i32, i32)>,
    /// The text on it.
    pub chip: Option<Chip>,
    /// What it looks like.
    pub shape: Shape,
}

/// The shapes of routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graph) enum Shape {
    /// From left to right.
    Flow,
    /// From the service to a box below it.
    Below,
    /// Between two boxes within another one.
    Inner,
}

/// The text on an edge, with its badges.
#[derive(Clone, Debug)]
pub(in crate::graph) struct Chip {
    pub area: Area,
}

impl Route {
    /// Moves it down.
    pub(super) fn lower(&mut self, by: i32) {
        self.points.iter_mut().for_each(|(_, y)| *y += by);
        self.chip.iter_mut().for_each(|chip| chip.area.y += by);
    }
}

impl Plan<'_> {
    /// The routes of all edges.
    pub(super) fn routes(&self) -> Vec<Route> {
        let edges = &self.service.edges;
        let mut routes: Vec<Route> =
            edges.iter().enumerate().map(|(index, edge)| self.route(index, edge)).collect();
        self.separate(&mut routes);
        for (route, edge) in routes.iter_mut().zip(edges) {
            if let (Some(chip), Shape::Flow, Some(_)) = (&route.chip, route.shape, self.span(edge)) {
                route.points.insert(1, (chip.area.x, chip.area.middle()));
                route.points.insert(2, (chip.area.right(), chip.area.middle()));
            }
        }
        routes
    }

    fn route(&self, index: usize, edge: &Edge) -> Route {
        let (from, to) = (self.areas[edge.from], self.areas[edge.to]);
        let is_below =
            |node: usize| matches!(self.service.nodes[node].kind, NodeKind::Cluster | NodeKind::Role);
        if is_below(edge.to) {
            let rail = from.x + 16;
            let points = vec![(rail, from.bottom()), (rail, to.middle()), (to.x, to.middle())];
            return Route { points, chip: None, shape: Shape::Below };
        }
        let Some((first, last)) = self.span(edge) else {
            let points = vec![(from.right(), from.middle()), (to.right(), to.middle())];
            return Route { points, chip: None, shape: Shape::Inner };
        };
        let lanes = (first + 1..last).filter_map(|column| self.lane(column, index));
        let lanes: Vec<Area> = lanes.collect();
        let next = lanes.first().map_or_else(|| to.middle(), |lane| lane.middle());
        let start = (self.columns[first].x + self.columns[first].width, from.side(next));
        let mut points = vec![(from.right().max(start.0.min(from.right())), start.1)];
        for lane in &lanes {
            points.push((lane.x, lane.middle()));
            points.push((lane.right(), lane.middle()));
        }
        let before = points.last().map_or(start.1, |(_, y)| *y);
        points.push((to.x, to.side(before)));
        let chip = self.chip(edge, first, &points);
        Route { points, chip, shape: Shape::Flow }
    }

    fn lane(&self, column: usize, edge: usize) -> Option<Area> {
        let mut slots = self.columns[column].slots.iter();
        slots.find(|(slot, _)| *slot == Slot::Lane(edge)).map(|(_, area)| *area)
    }

    /// The text in the space on the right of a column.
    fn chip(&self, edge: &Edge, column: usize, points: &[(i32, i32)]) -> Option<Chip> {
        let width = boxes::chip_width(edge);
        let (first, second) = (points.first()?, points.get(1)?);
        let column = &self.columns[column];
        let middle = column.x + column.width + column.gap / 2;
        let area = Area {
            x: middle - width / 2,
            y: (first.1 + second.1) / 2 - CHIP_HEIGHT / 2,
            width,
            height: CHIP_HEIGHT,
        };
        (width > 0).then_some(Chip { area })
    }

    /// Moves texts in the same space apart.
    fn separate(&self, routes: &mut [Route]) {
        for column in 0..self.columns.len() {
            let mut here: Vec<&mut Chip> = routes
                .iter_mut()
                .zip(&self.service.edges)
                .filter(|(route, edge)| {
                    route.shape == Shape::Flow && self.span(edge).is_some_and(|(from, _)| from == column)
                })
                .filter_map(|(route, _)| route.chip.as_mut())
                .collect();
            here.sort_by_key(|chip| chip.area.y);
            let mut end = i32::MIN / 2;
            for chip in here {
                chip.area.y = chip.area.y.max(end);
                end = chip.area.bottom() + 6;
            }
        }
    }
}
