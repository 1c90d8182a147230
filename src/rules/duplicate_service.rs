//! See `rules/duplicate-service.md`.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::prelude::*;

/// Reports services that have the same name as another service in their cluster.
pub fn check(project: &Project, report: &mut Report) {
    // Only services whose names are written the same way are compared.
    let mut named: HashMap<Option<SmolStr>, Vec<Service>> = HashMap::new();
    for service in project.services().filter(|service| service.traits().is_declarative) {
        let name = service.view.entry("serviceName").and_then(|entry| entry.value.called());
        let before = named.entry(name).or_default();
        if let Some(first) = before.iter().find(|first| is_same(**first, service)) {
            report.add(taken_name(*first, service));
        }
        before.push(service);
    }
}

fn is_same(first: Service, second: Service) -> bool {
    let together = first.resource.is_sibling_instance(second.resource)
        || (first.resource.is_in_module_of(second.resource)
            && !first.resource.lifecycle.is_conditional
            && !second.resource.lifecycle.is_conditional);
    let (first, second) = (first.view, second.view);
    together
        && is_same_member(first.field("serviceName"), second.field("serviceName"))
        && is_same_member(first.field("cluster"), second.field("cluster"))
}

/// Whether the member is certainly the same in both services. Services without a cluster are in the default one.
fn is_same_member(first: Field, second: Field) -> bool {
    match (first.entry(), second.entry()) {
        (Some(first), Some(second)) => first.value.certainly_equals(&second.value),
        (None, None) => first.is_missing() && second.is_missing() && first.key() == "cluster",
        _ => false,
    }
}

fn taken_name(first: Service, second: Service) -> Finding {
    let place = second.view.entry("serviceName").map_or(second.anchor(), |entry| Place::from(&entry.value));
    let before = first.view.entry("serviceName").map_or(first.anchor(), |entry| Place::from(&entry.value));
    let finding = Finding::at(place, format!("{} is defined twice in the same cluster", second.called()));
    if first.resource.is_sibling_instance(second.resource) {
        finding
            .help("include `count.index` or `each.key` in the name")
            .label(second.anchor(), "this block creates several services")
    } else {
        finding.help("give each service in the cluster a unique name").label(before, "first used here")
    }
}
