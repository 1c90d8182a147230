//! See `rules/too-many-service-registries.md`.

use super::prelude::*;

/// Reports service registries beyond the first, and any in a deployment that takes none.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let registries: Vec<View> = service.view.list("serviceRegistries").objects().collect();
        if let [first, second, ..] = registries.as_slice() {
            let message =
                format!("{} has {} service registries, and may have 1", service.called(), registries.len());
            report.add(
                Finding::at(second.place(), message)
                    .label(first.place(), "the first one")
                    .help("keep one; other names can point to it in DNS"),
            );
        }
        let Known(strategy @ ("BLUE_GREEN" | "LINEAR" | "CANARY"), at) = service.strategy() else { continue };
        let Some(first) = registries.first() else { continue };
        report.add(
            Finding::at(first.place(), format!("a service registry does not go with strategy `{strategy}`"))
                .label(at, "the deployment strategy")
                .help("use Service Connect, or a rolling update"),
        );
    }
}
