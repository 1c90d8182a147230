//! What a container needs another container for: `dependsOn`, `links` and `volumesFrom`.

use crate::diagnostic::Place;
use crate::model::Container;
use crate::value::Value::Known;
use crate::value::View;

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
        let named = |list: &str, key: &'static str| {
            self.view.list(list).objects().filter_map(move |item| match item.str(key) {
                Known(name, place) => Some(Dependency { container: self, name, place }),
                _ => None,
            })
        };
        let linked = self.view.list("links").iter().filter_map(|link| self.link(link));
        let depends = named("dependsOn", "containerName");
        depends.chain(linked).chain(named("volumesFrom", "sourceContainer")).collect()
    }

    /// A link is the name of a container and, if it has another name here, that name behind a colon.
    fn link(self, link: View<'a>) -> Option<Dependency<'a>> {
        let name = link.node.as_str()?.split(':').next()?;
        Some(Dependency { container: self, name, place: link.place() })
    }
}
