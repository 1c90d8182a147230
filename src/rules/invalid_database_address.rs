//! See `rules/invalid-database-address.md`.

use super::prelude::*;
use crate::model::{Database, without_port};
use crate::value::{Node, NodeKind, Part, Unknown as Why};

/// Schemes of connections without TLS to caches.
const PLAIN: [&str; 3] = ["redis://", "valkey://", "redis-sentinel://"];

/// The ends of the names of variables that contain a host name.
const HOSTS: [&str; 2] = ["HOSTNAME", "HOST"];

/// Reports addresses of databases and caches that nothing can connect to.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        for (name, value) in container.variables() {
            report.extend(second_port(value));
            report.extend(port_in_host(container, name, value));
            report.extend(plain(*project, container, value));
        }
    }
}

/// An attribute that contains a port: its name, and the attribute without the port.
struct WithPort {
    name: String,
    alone: String,
    place: Place,
}

fn with_port(why: &Why, place: Place) -> Option<WithPort> {
    let Why::Attribute { of, attribute } = why else { return None };
    let alone = without_port(&of.resource, attribute)?;
    let name = why.name().to_string();
    let alone = format!("{}{alone}", name.strip_suffix(attribute.as_str())?);
    Some(WithPort { name, alone, place })
}

/// An address with a port that another port follows: `${aws_db_instance.main.endpoint}:5432`.
fn second_port(value: &Node) -> Option<Finding> {
    let NodeKind::Text(text) = &value.kind else { return None };
    text.parts.iter().enumerate().find_map(|(index, part)| {
        let Part::Unknown(why, at) = part else { return None };
        let first = with_port(why, Place { used: value.used, ..Place::from(*at) })?;
        let Part::Known { text: after, .. } = text.parts.get(index + 1)? else { return None };
        let rest = after.strip_prefix(':')?;
        let is_port = if rest.is_empty() {
            is_port(text.parts.get(index + 2)?)
        } else {
            rest.starts_with(|letter: char| letter.is_ascii_digit())
        };
        is_port.then(|| {
            let WithPort { name, alone, place } = first;
            Finding::at(place, format!("`{name}` contains the port, and another port follows it"))
                .help(format!("use `{alone}`, which is only the address, or remove the second port"))
        })
    })
}

fn is_port(part: &Part) -> bool {
    match part {
        Part::Unknown(Why::Attribute { attribute, .. }, _) => attribute == "port",
        Part::Unknown(Why::Reference(name), _) => name.ends_with("port"),
        _ => false,
    }
}

/// A variable for a host name that gets an address with a port, next to a variable for the port: `PGHOST` and `PGPORT`.
fn port_in_host(container: Container, name: &str, value: &Node) -> Option<Finding> {
    let NodeKind::Unknown(why) = &value.kind else { return None };
    let WithPort { name: attribute, alone, place } = with_port(why, Place::from(value))?;
    let upper = name.to_ascii_uppercase();
    let start = HOSTS.iter().find_map(|end| upper.strip_suffix(end))?;
    let wanted = format!("{start}PORT");
    let lists = container.view.fields(["environment", "secrets"]);
    let mut named = lists.into_iter().flat_map(|list| list.list().objects());
    let port =
        named.find(|item| item.str("name").known().is_some_and(|other| other.eq_ignore_ascii_case(&wanted)));
    // The clients of PostgreSQL read it, and accept only a host name.
    if port.is_none() && upper != "PGHOST" {
        return None;
    }
    let message = format!("`{attribute}` contains the port, so `{name}` is not a host name");
    Some(
        Finding::at(place, message)
            .labels(port.map(|port| (port.place(), "the variable for the port")))
            .help(format!("use `{alone}`, which is only the address"))
            .warning(),
    )
}

/// A connection without TLS to a cache that requires it.
fn plain(project: Project, container: Container, value: &Node) -> Option<Finding> {
    let start = value.known_start();
    let scheme = PLAIN.iter().find(|scheme| start.starts_with(**scheme))?;
    let encrypts = |name: &str| ["TLS", "SSL"].iter().any(|word| name.to_ascii_uppercase().contains(word));
    let lists = container.view.fields(["environment", "secrets"]).map(Field::list);
    let is_known = lists.iter().all(|list| list.is_complete());
    let mut names = lists.iter().flat_map(|list| list.objects()).filter_map(|item| item.str("name").known());
    if !is_known || names.any(encrypts) || !container.view.is_missing("environmentFiles") {
        return None;
    }
    let required = project.databases_in(value).into_iter().find_map(Database::requires_tls)?;
    let message = format!("`{scheme}` is a connection without TLS, but the cache requires TLS");
    let secure = scheme.replacen("://", "s://", 1);
    Some(
        Finding::at(value, message)
            .label(required, "encrypts all connections")
            .help(format!("use `{secure}`")),
    )
}
