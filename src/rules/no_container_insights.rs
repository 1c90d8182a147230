//! See `rules/no-container-insights.md`.

use super::prelude::*;

/// Reports clusters without Container Insights.
pub fn check(project: &Project, report: &mut Report) {
    for cluster in project.clusters().filter(|cluster| cluster.view.entry("clusterArn").is_none()) {
        let settings = cluster.view.list("settings");
        let insights =
            settings.objects().find(|setting| setting.str("name").known() == Some("containerInsights"));
        let place = match insights.map(|setting| setting.str("value")) {
            Some(Known("disabled", place)) => place,
            None if settings.is_complete() => cluster.anchor(),
            _ => continue,
        };
        report.add(Finding::at(place, "Container Insights is not enabled for the cluster").help(format!(
            "set `containerInsights` to `enhanced` or `enabled` in `{}`",
            cluster.view.field("settings")
        )));
    }
}
