//! EFS file systems and their mount targets.

use crate::model::{Link, Project};
use crate::resource::{Kind, Resource};
use crate::value::Node;

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
        let all = self.in_unit_of(system, Kind::MountTarget);
        let mut ours = Vec::new();
        for target in all {
            match self.file_system_of(target.request.get("FileSystemId")?) {
                Link::To(of) if of.is(system) => ours.push(target),
                Link::To(_) => {}
                Link::Unknown | Link::None => return None,
            }
        }
        Some(ours)
    }
}
