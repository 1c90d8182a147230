//! See `rules/unknown-cluster.md`.

use super::prelude::*;
use super::support::suggest;
use crate::suggest::nearest;

/// Reports services in a cluster that is not defined in the configuration, if the configuration defines others.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| !service.is_description()) {
        let Some(clusters) = project.clusters_near(service.resource) else { continue };
        let Some((_, first)) = clusters.first() else { continue };
        let names: Vec<&str> = clusters.iter().map(|(name, _)| *name).collect();
        if let Some(finding) = unknown(service, &names) {
            report.add(finding.label(*first, "a cluster that is defined here"));
        }
    }
}

fn unknown(service: Service, names: &[&str]) -> Option<Finding> {
    match service.view.id("cluster") {
        Known(name, place) if !name.contains(':') && !names.contains(&name) => {
            let near = nearest(name, names.iter().copied())?;
            let message = format!("cluster `{name}` is not defined here");
            Some(suggest::hint(Finding::at(place, message), near))
        }
        Missing if service.traits().is_final && !names.contains(&"default") => {
            let message =
                format!("{} specifies no cluster, so it uses the cluster named `default`", service.called());
            let field = service.view.field("cluster");
            Some(Finding::at(service.anchor(), message).help(format!("set `{field}`")))
        }
        _ => None,
    }
}
