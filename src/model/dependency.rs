//! What a container needs another container for: `dependsOn`, `links` and `volumesFrom`.

use crate::diagnostic::Place;
use crate::model::Container;
use crate::view::{Field, View};

/// One container's need of another, by name.
#[derive(Clone, Copy, Debug)]
pub struct Dependency<'a> {
    /// The container that needs the other.
    pub container: Container<'a>,
    /// The name of the other.
    pub name: &'a str,
    /// Where the other is named.
    pub place: Place,
}

impl<'a> Container<'a> {
    /// The containers that must be there before this one starts, as far as they are known.
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

    /// A link is the name of a container and, if it has another name here, that name behind a colon.
    fn link(self, link: View<'a>) -> Option<Dependency<'a>> {
        let name = link.node.as_str()?.split(':').next()?;
        Some(Dependency { container: self, name, place: link.place() })
    }
}
