//! What a rule sees of a run: resources by their kinds, and what was found while they were read.

use crate::model::{Cluster, Service, Task};
use crate::resource::{Kind, Resource, Unit, UnknownArgument};
use crate::schema::Violation;
use crate::syntax::SyntaxError;
use crate::value::Node;
use crate::view::{UnknownReads, View};
use crate::workspace::{GlobalNames, Workspace};

/// What a rule sees of a run. Views that come of it note the unknown values read through them.
#[derive(Clone, Copy, Debug)]
pub struct Project<'a> {
    pub(crate) workspace: &'a Workspace,
    pub(super) reads: &'a UnknownReads,
    pub(super) global: Option<&'a GlobalNames>,
}

impl<'a> Project<'a> {
    /// The resources of a workspace, as one rule sees them.
    pub fn new(workspace: &'a Workspace, reads: &'a UnknownReads) -> Project<'a> {
        Project { workspace, reads, global: None }
    }

    /// The resources of one component, with what they may have to know of all files.
    pub(crate) fn within(
        workspace: &'a Workspace,
        reads: &'a UnknownReads,
        global: &'a GlobalNames,
    ) -> Project<'a> {
        Project { workspace, reads, global: Some(global) }
    }

    fn units(self) -> impl Iterator<Item = &'a Unit> {
        self.workspace.units.iter().map(|unit| &unit.unit)
    }

    /// The mistakes in how files are written.
    pub fn syntax_errors(self) -> impl Iterator<Item = &'a SyntaxError> {
        self.units().flat_map(|unit| &unit.syntax_errors)
    }

    /// What a language rejects when the files are evaluated.
    pub fn rejections(self) -> impl Iterator<Item = &'a SyntaxError> {
        self.units().flat_map(|unit| &unit.rejections)
    }

    /// The mistakes in the configuration of ecslint itself.
    pub fn config_errors(self) -> impl Iterator<Item = &'a SyntaxError> {
        self.units().flat_map(|unit| &unit.config_errors)
    }

    /// The arguments and blocks that a tool's provider does not have.
    pub fn unknown_arguments(self) -> impl Iterator<Item = &'a UnknownArgument> {
        self.units().flat_map(|unit| &unit.unknown_arguments)
    }

    /// Where requests do not fit their schemas.
    pub fn violations(self) -> impl Iterator<Item = (&'a Resource, &'a Violation)> {
        let violations = self.workspace.violations().iter();
        violations
            .filter_map(move |violation| Some((self.workspace.resource(violation.resource)?, violation)))
    }

    /// The task definitions.
    pub fn tasks(self) -> impl Iterator<Item = Task<'a>> {
        self.of(Kind::Task).map(move |resource| Task::new(self, resource))
    }

    /// The services.
    pub fn services(self) -> impl Iterator<Item = Service<'a>> {
        self.of(Kind::Service).map(move |resource| Service::new(self, resource))
    }

    /// What says which containers a load balancer sends to: services, and task sets, which have the same members.
    pub fn balanced(self) -> impl Iterator<Item = Service<'a>> {
        let sets = self.of(Kind::TaskSet).map(move |resource| Service::new(self, resource));
        self.services().chain(sets)
    }

    /// The clusters.
    pub fn clusters(self) -> impl Iterator<Item = Cluster<'a>> {
        self.of(Kind::Cluster).map(move |resource| Cluster::new(self, resource))
    }

    /// The resources of one kind.
    pub fn of(self, kind: Kind) -> impl Iterator<Item = &'a Resource> {
        self.workspace.index().of(kind).iter().filter_map(move |id| self.workspace.resource(*id))
    }

    /// The resources of one kind that are in the unit of another one.
    pub fn in_unit_of(self, resource: &Resource, kind: Kind) -> impl Iterator<Item = &'a Resource> {
        let unit = resource.unit();
        self.of(kind).filter(move |other| other.unit() == unit)
    }

    /// Looks at a part of a request.
    pub fn view_of(self, node: &'a Node) -> View<'a> {
        View::new(node, self.reads)
    }

    /// Looks at the request of a resource.
    pub fn view(self, resource: &'a Resource) -> View<'a> {
        View::new(&resource.request, self.reads)
    }
}
