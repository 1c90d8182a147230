//! See `rules/service-connect-duplicate.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Service;
use crate::node::Node;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{self, Known};

/// Reports names that two services claim in one namespace.
pub fn check(project: &Project, report: &mut Report) {
    let mut seen: Vec<Claim> = Vec::new();
    for service in
        project.services().filter(|service| service.is_terraform() && !service.document.conditional)
    {
        for claim in claims(service) {
            match seen.iter().find(|known| known.conflicts(&claim)) {
                Some(first) => report.add(twice(first, &claim)),
                None => seen.push(claim),
            }
        }
    }
}

/// A name that a service takes in a namespace.
struct Claim<'a> {
    service: Service<'a>,
    namespace: &'a Node,
    name: &'a str,
    place: Place,
}

impl Claim<'_> {
    fn conflicts(&self, other: &Claim) -> bool {
        self.name == other.name
            && self.service.document.is_beside(other.service.document)
            && self.namespace.certainly_equals(other.namespace)
    }
}

fn claims(service: Service<'_>) -> Vec<Claim<'_>> {
    let Some(connect) = service.connect() else { return Vec::new() };
    let Some(namespace) = connect.entry("namespace").map(|entry| &entry.value) else { return Vec::new() };
    let items = connect.list("services").objects();
    items
        .filter_map(|item| {
            let found: Value<&str> = match item.str("discoveryName") {
                Value::Missing => item.str("portName"),
                name => name,
            };
            let Known(name, place) = found else { return None };
            Some(Claim { service, namespace, name, place })
        })
        .collect()
}

fn twice(first: &Claim, again: &Claim) -> Finding {
    let Claim { name, place, .. } = again;
    Finding::at(*place, format!("`{name}` is claimed by {} already", first.service.called()))
        .label(first.place, "claimed here first")
        .help("give it a `discovery_name` of its own")
}
