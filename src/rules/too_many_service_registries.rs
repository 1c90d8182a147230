//! See `rules/too-many-service-registries.md`.

use super::prelude::*;

/// Reports services with more than one service registry, or with one that the deployment strategy does not support.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let registries: Vec<View> = service.view.list("serviceRegistries").objects().collect();
        if let [first, second, ..] = registries.as_slice() {
            let message = format!(
                "{} can have at most 1 service registry (got {})",
                service.called(),
                registries.len()
            );
            report.add(
                Finding::at(second.place(), message)
                    .label(first.place(), "the first service registry")
                    .help("keep one; other DNS names can point to it"),
            );
        }
        let Known(strategy @ ("BLUE_GREEN" | "LINEAR" | "CANARY"), at) = service.strategy() else { continue };
        let Some(first) = registries.first() else { continue };
        report.add(
            Finding::at(
                first.place(),
                format!("service registries are not supported with the `{strategy}` deployment strategy"),
            )
            .label(at, "the deployment strategy")
            .help("use Service Connect, or deploy with rolling updates"),
        );
    }
}
