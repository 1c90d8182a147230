//! See `rules/unsupported-inference-accelerators.md`.

use super::prelude::*;

/// Reports Elastic Inference accelerators, which are no more.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(entry) = task.view.given("inferenceAccelerators") else { continue };
        report.add(
            Finding::at(entry.key_at, format!("`{}` is not supported any more", entry.written))
                .help("remove it, and what the containers' `resourceRequirements` say of it")
                .fix(Safety::Unsafe, format!("remove `{}`", entry.written), [Change::remove(entry)]),
        );
    }
}
