//! EFS file systems and their mount targets.

use crate::model::{Efs, Link, Project, Volume};
use crate::resource::{Kind, Resource};
use crate::value::Node;
use crate::workspace::Reference;

impl<'a> Project<'a> {
    /// The file system that a value refers to.
    pub fn file_system_of(self, node: &Node) -> Link<&'a Resource> {
        self.resolve(&[Kind::FileSystem], node)
    }

    /// The mount targets of a file system that Terraform creates; `None` if there may be others.
    pub fn mount_targets(self, system: &'a Resource) -> Option<Vec<&'a Resource>> {
        if self.has_opaque_refs(system) || self.calls_unread_modules(system.unit()) {
            return None;
        }
        let is_clear = self.are_clear(Reference::MountTarget, system.unit());
        is_clear.then(|| self.known_mount_targets(system).collect())
    }

    /// The mount targets in the files that certainly are those of a file system.
    pub fn known_mount_targets(self, system: &Resource) -> impl Iterator<Item = &'a Resource> {
        self.referring_near(Reference::MountTarget, system)
    }

    /// The file system of an access point, if the same files create it and nothing else in them writes to it.
    pub fn only_prepared_by(self, point: &'a Resource) -> Option<&'a Resource> {
        let is_of = |resource: &Resource, system: &Resource| match resource.request.get("FileSystemId") {
            Some(named) => self.file_system_of(named).known().is_none_or(|found| found.is(system)),
            None => true,
        };
        let system = self.file_system_of(point.request.get("FileSystemId")?).known()?;
        let unit = system.unit();
        let mut points = self
            .in_unit_of(system, Kind::AccessPoint)
            .filter(|other| !other.is(point) && !other.is_sibling_instance(point));
        let is_alone = point.unit() == unit && !points.any(|other| is_of(other, system));
        let without_point = |efs: Efs<'a>| {
            efs.access_point().is_none()
                && efs.view.entry("fileSystemId").is_none_or(|named| {
                    self.file_system_of(&named.value).known().is_none_or(|found| found.is(system))
                })
        };
        let is_mounted = self.volumes().filter_map(Volume::efs).any(without_point);
        let is_known = !self.has_opaque_refs(system) && !self.calls_unread_modules(unit);
        (is_alone && is_known && !is_mounted).then_some(system)
    }
}
