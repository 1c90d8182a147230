//! See `rules/too-many-service-registries.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// Reports service registries beyond the first, and any in a deployment that takes none.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let registries: Vec<View> = service.list("serviceRegistries").objects().collect();
        if let [first, second, ..] = registries.as_slice() {
            report.add(
                Finding::at(
                    second.place(),
                    format!(
                        "{} has {} service registries, and may have 1",
                        service.called(),
                        registries.len()
                    ),
                )
                .label(first.place(), "the first one")
                .help("keep one; other names can point to it in DNS"),
            );
        }
        let Known(strategy @ ("BLUE_GREEN" | "LINEAR" | "CANARY"), at) = service.strategy() else { continue };
        if let Some(first) = registries.first() {
            report.add(
                Finding::at(
                    first.place(),
                    format!("a service registry does not go with strategy `{strategy}`"),
                )
                .label(at, "the deployment strategy")
                .help("use Service Connect, or a rolling update"),
            );
        }
    }
}
