//! See `rules/port-and-range.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports port mappings of a range that name a single port too.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        for mapping in container.port_mappings() {
            let Known(range, range_at) = mapping.view.str("containerPortRange") else { continue };
            for key in ["containerPort", "hostPort"] {
                let Some(entry) = mapping.view.given(key) else { continue };
                let message = format!("`{}` beside the range {range}", entry.written);
                report.add(
                    Finding::at(&entry.value, message)
                        .label(range_at, "the range")
                        .help(format!("remove `{}`, or give it a mapping of its own", entry.written))
                        .fix(
                            Safety::Unsafe,
                            format!("remove `{}`", entry.written),
                            vec![Change::remove(entry)],
                        ),
                );
            }
        }
    }
}
