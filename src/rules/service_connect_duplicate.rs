//! See `rules/service-connect-duplicate.md`.

use super::prelude::*;
use super::support::duplicates;
use crate::value::Node;

/// Reports discovery names that two services use in the same namespace.
pub fn check(project: &Project, report: &mut Report) {
    let services = project
        .services()
        .filter(|service| service.traits().is_declarative && !service.resource.lifecycle.is_conditional);
    report.extend(duplicates::by(services.flat_map(claims), Claim::conflicts).map(|(first, again)| {
        let Claim { name, place, .. } = again;
        Finding::at(
            place,
            format!(
                "discovery name `{name}` is already used by {} in the same namespace",
                first.service.called()
            ),
        )
        .label(first.place, "first used here")
        .help(format!("set a unique `{}`", again.service.resource.name_of("discoveryName")))
    }));
}

/// A discovery name that a service uses in a namespace.
#[derive(Clone, Copy)]
struct Claim<'a> {
    service: Service<'a>,
    namespace: &'a Node,
    name: &'a str,
    place: Place,
}

impl Claim<'_> {
    fn conflicts(self, other: Claim) -> bool {
        self.name == other.name
            && self.service.resource.is_in_module_of(other.service.resource)
            && self.namespace.certainly_equals(other.namespace)
    }
}

fn claims(service: Service<'_>) -> Vec<Claim<'_>> {
    let Some(connect) = service.connect() else { return Vec::new() };
    let Some(namespace) = connect.entry("namespace").map(|entry| &entry.value) else { return Vec::new() };
    let items = connect.list("services").objects();
    items
        .filter_map(|item| {
            let found = match item.str("discoveryName") {
                Missing => item.str("portName"),
                name => name,
            };
            let (name, place) = found.known_at()?;
            Some(Claim { service, namespace, name, place })
        })
        .collect()
}
