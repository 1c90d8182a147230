//! See `rules/unknown-cluster.md`.

use crate::diagnostic::Finding;
use crate::model::{Cluster, Service};
use crate::nearest::nearest;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{self, Known};

/// Reports services in a cluster that the configuration, which makes clusters, does not make.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| !service.is_description()) {
        let near_by = |cluster: &Cluster| service.document.scope.meets(cluster.document.scope);
        let clusters: Vec<Cluster> = project.clusters().filter(near_by).collect();
        let names: Option<Vec<&str>> = clusters.iter().map(|cluster| cluster.name().known()).collect();
        let Some(names) = names.filter(|names| !names.is_empty()) else { continue };
        if let Some(finding) = unknown(service, &names) {
            report.add(finding.label(clusters[0].title(), "a cluster that is made here"));
        }
    }
}

fn unknown(service: Service, names: &[&str]) -> Option<Finding> {
    match service.view.str("cluster") {
        Known(name, place) if !name.contains(':') && !names.contains(&name) => {
            let near = nearest(name, names.iter().copied())?;
            let message = format!("nothing here makes a cluster `{name}`");
            Some(Finding::at(place, message).help(format!("did you mean `{near}`?")))
        }
        Value::Missing if service.is_terraform() && !names.contains(&"default") => {
            let message =
                format!("{} names no cluster, so it goes to the one named `default`", service.called());
            let term = service.view.term("cluster");
            Some(Finding::at(service.title(), message).help(format!("set `{term}`")))
        }
        _ => None,
    }
}
