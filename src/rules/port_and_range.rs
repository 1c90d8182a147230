//! See `rules/port-and-range.md`.

use super::prelude::*;

/// Reports port mappings of a range that name a single port too.
pub fn check(project: &Project, report: &mut Report) {
    for mapping in project.containers().flat_map(Container::port_mappings) {
        let Known(range, range_at) = mapping.view.str("containerPortRange") else { continue };
        let ports = [mapping.view.given("containerPort"), mapping.view.given("hostPort")];
        report.extend(ports.into_iter().flatten().map(|entry| {
            let remove = format!("remove `{}`", entry.written);
            Finding::at(&entry.value, format!("`{}` beside the range {range}", entry.written))
                .label(range_at, "the range")
                .help(format!("{remove}, or give it a mapping of its own"))
                .fix(Safety::Unsafe, remove, [Change::remove(entry)])
        }));
    }
}
