//! Dependencies between containers: `dependsOn`, `links`, and `volumesFrom`.

use crate::diagnostic::Place;
use crate::model::Container;
use crate::view::{Field, View};

/// A dependency of one container on another, by name.
#[derive(Clone, Copy, Debug)]
pub struct Dependency<'a> {
    /// The dependent container.
    pub container: Container<'a>,
    /// The name of the other container.
    pub name: &'a str,
    /// The place of that name.
    pub place: Place,
}

impl<'a> Container<'a> {
    /// The known dependencies of the container, which must exist before it starts.
    pub fn dependencies(self) -> Vec<Dependency<'a>> {
        let depends = self.view.list("dependsOn").objects();
        let depends = depends.filter_map(|item| self.named(item.field("containerName")));
        let linked = self.view.list("links").iter().filter_map(|link| self.link(link));
        let volumes = self.view.list("volumesFrom").objects();
        let volumes = volumes.filter_map(|item| self.named(item.field("sourceContainer")));
        depends.chain(linked).chain(volumes).collect()
    }

    fn named(self, field: Field<'a>) -> Option<Dependency<'a>> {
        let (name, place) = field.str().known_at()?;
        Some(Dependency { container: self, name, place })
    }

    /// A link is a container name, optionally followed by a colon and an alias.
    fn link(self, link: View<'a>) -> Option<Dependency<'a>> {
        let name = link.node.as_str()?.split(':').next()?;
        Some(Dependency { container: self, name, place: link.place() })
    }
}
