//! See `rules/service-connect-namespace.md`.

use super::prelude::*;

/// Reports Service Connect configurations for which neither the service nor its cluster sets a namespace.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(connect) = service.connect().filter(|connect| connect.is_missing("namespace")) else {
            continue;
        };
        let Some(cluster) = service.cluster().known() else { continue };
        let defaults = cluster.view.field("serviceConnectDefaults");
        let default = defaults.object().then(|defaults| defaults.any("namespace"));
        if !default.is_missing() || service.is_description() || cluster.view.entry("clusterArn").is_some() {
            continue;
        }
        report.add(
            Finding::at(
                connect.place(),
                format!("Service Connect for {} has no namespace", service.called()),
            )
            .label(cluster.anchor(), "this cluster has no default namespace")
            .help(format!(
                "set `{}` here, or set a default in the cluster's `{defaults}`",
                connect.field("namespace")
            )),
        );
    }
}
