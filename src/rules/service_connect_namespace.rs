//! See `rules/service-connect-namespace.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports Service Connect without a namespace.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(connect) = service.connect().filter(|connect| connect.any("namespace").is_missing()) else {
            continue;
        };
        let Some(cluster) = service.cluster().known() else { continue };
        let default = match cluster.view.object("serviceConnectDefaults") {
            Known(defaults, _) => defaults.any("namespace"),
            other => other,
        };
        if !default.is_missing() || service.is_description() || cluster.view.entry("clusterArn").is_some() {
            continue;
        }
        report.add(
            Finding::at(connect.place(), format!("Service Connect of {} has no namespace", service.called()))
                .label(cluster.title(), "this cluster has no default namespace")
                .help(format!(
                    "set `{}` here, or in `{}` of the cluster",
                    connect.term("namespace"),
                    cluster.view.term("serviceConnectDefaults")
                )),
        );
    }
}
