//! See `rules/image-requires-variable.md`.

use super::prelude::*;
use crate::model::repository_and_tag;
use crate::suggest::join_or;

/// An image whose entry point ends with an error unless one of some variables is set.
struct Demand {
    names: &'static [&'static str],
    /// The variables, one of which is enough. A name that ends in `_FILE` is enough too.
    variables: &'static [&'static str],
    /// The first major version of which all images require it.
    since: u32,
}

/// From the entry points: docker-library/postgres since February 2020, docker-library/mysql 8.4 at commit 0611882, and
/// MariaDB/mariadb-docker at commit 012f09c.
const DEMANDS: &[Demand] = &[
    Demand {
        names: &["postgres"],
        variables: &["POSTGRES_PASSWORD", "POSTGRES_HOST_AUTH_METHOD"],
        // Until February 2020, an image without a password accepted all connections.
        since: 13,
    },
    Demand {
        names: &["mysql"],
        variables: &["MYSQL_ROOT_PASSWORD", "MYSQL_ALLOW_EMPTY_PASSWORD", "MYSQL_RANDOM_ROOT_PASSWORD"],
        since: 5,
    },
    Demand {
        names: &["mariadb"],
        variables: &[
            "MARIADB_ROOT_PASSWORD",
            "MARIADB_ROOT_PASSWORD_HASH",
            "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD",
            "MARIADB_RANDOM_ROOT_PASSWORD",
            "MYSQL_ROOT_PASSWORD",
            "MYSQL_ALLOW_EMPTY_PASSWORD",
            "MYSQL_RANDOM_ROOT_PASSWORD",
        ],
        since: 10,
    },
];

/// Reports well-known images that stop because a variable is not set.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.containers().filter_map(lacking));
}

fn lacking(container: Container) -> Option<Finding> {
    let Known(image, at) = container.image() else { return None };
    let (repository, tag) = repository_and_tag(image)?;
    let demand = DEMANDS.iter().find(|demand| demand.names.contains(&repository))?;
    if version(tag).is_some_and(|version| version < demand.since) {
        return None;
    }
    let is_usual = ["command", "entryPoint", "volumesFrom", "environmentFiles", "mountPoints"]
        .iter()
        .all(|key| container.view.list(key).counted().is_some_and(|items| items.is_empty()));
    let lists = container.view.fields(["environment", "secrets"]).map(Field::list);
    if !is_usual || !lists.iter().all(|list| list.is_complete()) {
        return None;
    }
    let sets = |item: View| {
        let name = item.str("name").known();
        name.is_none_or(|name| demand.variables.contains(&name.strip_suffix("_FILE").unwrap_or(name)))
    };
    if lists.iter().flat_map(|list| list.iter()).any(sets) {
        return None;
    }
    let wanted = join_or(demand.variables.iter().take(3).copied());
    let message = format!("image `{image}` stops when it starts, because it requires the variable {wanted}");
    Some(Finding::at(at, message).help(format!("set {wanted} in `{}`", container.view.field("secrets"))))
}

/// The major version in a tag; `None` if the tag names the latest one.
fn version(tag: &str) -> Option<u32> {
    tag.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}
