//! See `rules/duplicate-service.md`.

use std::collections::HashMap;

use smol_str::SmolStr;

use crate::diagnostic::{Finding, Place};
use crate::model::Service;
use crate::project::Project;
use crate::rules::Report;

/// Reports services that have the name of another one of their cluster.
pub fn check(project: &Project, report: &mut Report) {
    // Services whose names are called differently are not the same.
    let mut named: HashMap<Option<SmolStr>, Vec<Service>> = HashMap::new();
    for service in project.services().filter(|service| service.is_terraform()) {
        let name = service.view.entry("serviceName").and_then(|entry| entry.value.called());
        let before = named.entry(name).or_default();
        if let Some(first) = before.iter().find(|first| is_same(**first, service)) {
            report.add(twice(*first, service));
        }
        before.push(service);
    }
}

fn is_same(first: Service, second: Service) -> bool {
    let together = first.document.is_twin(second.document)
        || (first.document.is_beside(second.document)
            && !first.document.conditional
            && !second.document.conditional);
    together && same(first, second, "serviceName") && same(first, second, "cluster")
}

/// Whether a member is certainly the same in both, or missing in both.
fn same(first: Service, second: Service, key: &str) -> bool {
    match (first.view.entry(key), second.view.entry(key)) {
        (Some(first), Some(second)) => first.value.certainly_equals(&second.value),
        (None, None) => {
            first.view.any(key).is_missing() && second.view.any(key).is_missing() && key == "cluster"
        }
        _ => false,
    }
}

fn twice(first: Service, second: Service) -> Finding {
    let place = second.view.entry("serviceName").map_or(second.title(), |entry| Place::from(&entry.value));
    let before = first.view.entry("serviceName").map_or(first.title(), |entry| Place::from(&entry.value));
    let finding = Finding::at(place, format!("the cluster has a {} already", second.called()));
    match first.document.is_twin(second.document) {
        true => finding
            .help("put `count.index` or `each.key` into the name")
            .label(second.title(), "several services come of this block"),
        false => finding.help("give it a name of its own").label(before, "named here first"),
    }
}
