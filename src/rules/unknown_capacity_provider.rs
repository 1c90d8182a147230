//! See `rules/unknown-capacity-provider.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Cluster;
use crate::nearest::{listed, nearest};
use crate::project::{Link, Project};
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::{List, View};

/// Reports strategies with a capacity provider that the cluster does not have.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(cluster) = service.cluster().known() else { continue };
        report_unknown(service.capacity_providers(), cluster, cluster.capacity(), report);
    }
    for cluster in project.clusters() {
        let Link::To(capacity) = cluster.capacity() else { continue };
        report_unknown(capacity.list("defaultCapacityProviderStrategy"), cluster, Link::To(capacity), report);
    }
}

fn report_unknown(strategy: List, cluster: Cluster, capacity: Link<View>, report: &mut Report) {
    let names = match capacity {
        Link::To(view) => known_names(view.list("capacityProviders")),
        Link::None => Some(Vec::new()),
        Link::Unknown => None,
    };
    let Some(names) = names else { return };
    for item in strategy.objects() {
        let Known(name, place) = item.str("capacityProvider") else { continue };
        if !names.contains(&name) {
            report.add(unknown(name, place, cluster, &names));
        }
    }
}

/// The names in a list, where all are known.
fn known_names(list: List<'_>) -> Option<Vec<&str>> {
    let names: Option<Vec<&str>> = list.iter().map(|item| item.node.as_str()).collect();
    names.filter(|_| list.is_complete())
}

fn unknown(name: &str, place: Place, cluster: Cluster, names: &[&str]) -> Finding {
    let finding = Finding::at(place, format!("the cluster does not have capacity provider `{name}`"));
    match (nearest(name, names.iter().copied()), names) {
        (Some(near), _) => {
            finding.help(format!("did you mean `{near}`?")).label(cluster.title(), "the cluster")
        }
        (None, []) => finding
            .label(cluster.title(), "no capacity provider is associated with this cluster")
            .help(format!("associate `{name}` with the cluster first")),
        (None, names) => finding
            .label(cluster.title(), format!("this cluster has {}", listed(names.iter().copied())))
            .help(format!("associate `{name}` with the cluster first")),
    }
}
