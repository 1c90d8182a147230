//! See `rules/port-and-range.md`.

use super::prelude::*;

/// Reports port mappings with both a single port and a port range.
pub fn check(project: &Project, report: &mut Report) {
    for mapping in project.containers().flat_map(Container::port_mappings) {
        let Known(range, range_at) = mapping.view.str("containerPortRange") else { continue };
        let term = mapping.view.field("containerPortRange");
        let ports = [mapping.view.given("containerPort"), mapping.view.given("hostPort")];
        report.extend(ports.into_iter().flatten().map(|entry| {
            let remove = format!("remove `{}`", entry.written);
            let message = format!("`{}` cannot be combined with `{term}` `{range}`", entry.written);
            Finding::at(&entry.value, message)
                .label(range_at, "the port range")
                .help(format!("{remove}, or move it to a separate port mapping"))
                .fix(Safety::Unsafe, remove, [Change::remove(entry)])
        }));
    }
}
