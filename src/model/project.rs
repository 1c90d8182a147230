//! A rule's view of a run: resources by kind, and the errors found while they were read.

use crate::address::{ResourceId, UnitId};
use crate::model::{Cluster, Service, Task};
use crate::resource::{Kind, Language, MissingArgument, Resource, Unit, UnknownArgument};
use crate::schema::Violation;
use crate::syntax::SyntaxError;
use crate::value::Node;
use crate::view::{UnknownReads, View};
use crate::workspace::{GlobalNames, Workspace};

/// A rule's view of a run. Views created from it record the unknown values that the rule reads.
#[derive(Clone, Copy, Debug)]
pub struct Project<'a> {
    pub(crate) workspace: &'a Workspace,
    pub(crate) reads: &'a UnknownReads,
    pub(super) global: Option<&'a GlobalNames>,
}

impl<'a> Project<'a> {
    /// Creates the view of a workspace for one rule.
    pub fn new(workspace: &'a Workspace, reads: &'a UnknownReads) -> Project<'a> {
        Project { workspace, reads, global: None }
    }

    /// Creates the view of one component, with the names from all files that it may need.
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

    /// The syntax errors of all files.
    pub fn syntax_errors(self) -> impl Iterator<Item = &'a SyntaxError> {
        self.units().flat_map(|unit| &unit.syntax_errors).filter(|error| !error.is_limit())
    }

    /// The errors that a language reports during evaluation.
    pub fn rejections(self, language: Language) -> impl Iterator<Item = &'a SyntaxError> {
        let units = self.units().filter(move |unit| unit.traits.language == language);
        units.flat_map(|unit| &unit.rejections).filter(|error| !error.is_limit())
    }

    /// The limits that were reached while files were read and evaluated.
    pub fn limits(self) -> impl Iterator<Item = &'a SyntaxError> {
        let errors = self.units().flat_map(|unit| unit.syntax_errors.iter().chain(&unit.rejections));
        errors.filter(|error| error.is_limit())
    }

    /// The errors in ecslint's own configuration.
    pub fn config_errors(self) -> impl Iterator<Item = &'a SyntaxError> {
        self.units().flat_map(|unit| &unit.config_errors).filter(|error| !error.is_limit())
    }

    /// The arguments and blocks that the tool's provider does not support.
    pub fn unknown_arguments(self) -> impl Iterator<Item = &'a UnknownArgument> {
        self.units().flat_map(|unit| &unit.unknown_arguments)
    }

    /// The arguments and blocks that the tool's provider requires and that are not there.
    pub fn missing_arguments(self) -> impl Iterator<Item = &'a MissingArgument> {
        self.units().flat_map(|unit| &unit.missing_arguments)
    }

    /// The schema violations of requests, with their resources.
    pub fn violations(self) -> impl Iterator<Item = (&'a Resource, &'a Violation)> {
        let violations = self.workspace.violations().iter();
        violations
            .filter_map(move |violation| Some((self.workspace.resource(violation.resource)?, violation)))
    }

    /// The task definitions.
    pub fn tasks(self) -> impl Iterator<Item = Task<'a>> {
        self.of(Kind::Task).map(move |resource| Task::new(self, resource))
    }

    /// The task definitions of services and of daemons, whose containers and volumes have the same members.
    pub fn definitions(self) -> impl Iterator<Item = Task<'a>> {
        let daemons = self.of(Kind::DaemonTask).map(move |resource| Task::new(self, resource));
        self.tasks().chain(daemons)
    }

    /// The Express services, which have the roles and the size of a task definition.
    pub fn express_services(self) -> impl Iterator<Item = Task<'a>> {
        self.of(Kind::ExpressService).map(move |resource| Task::new(self, resource))
    }

    /// The services.
    pub fn services(self) -> impl Iterator<Item = Service<'a>> {
        self.of(Kind::Service).map(move |resource| Service::new(self, resource))
    }

    /// The resources that connect containers to load balancers: services, and task sets, which have the same members.
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
        self.each(self.workspace.index().of(kind))
    }

    /// The resources with some ids. Each is a step of the rule.
    pub(crate) fn each(self, ids: &'a [ResourceId]) -> impl Iterator<Item = &'a Resource> + Clone {
        ids.iter().filter_map(move |id| {
            self.reads.step(1);
            self.workspace.resource(*id)
        })
    }

    /// The resources of one kind in the same unit as another resource.
    pub fn in_unit_of(self, resource: &Resource, kind: Kind) -> impl Iterator<Item = &'a Resource> {
        self.in_unit(resource.unit(), kind)
    }

    /// The resources of one kind in a unit.
    pub fn in_unit(self, unit: UnitId, kind: Kind) -> impl Iterator<Item = &'a Resource> {
        self.each(self.workspace.index().in_unit(unit, kind))
    }

    /// The view of a part of a request.
    pub fn view_of(self, node: &'a Node) -> View<'a> {
        View::new(node, self.reads)
    }

    /// The view of a resource's request.
    pub fn view(self, resource: &'a Resource) -> View<'a> {
        View { of: Some(resource.id), ..View::new(&resource.request, self.reads) }
    }
}
