//! See `rules/task-definition-too-large.md`.

use super::prelude::*;
use crate::model::least_size;

/// Maximum size of a task definition as JSON, in bytes.
const MAX_BYTES: usize = 64 << 10;

/// Reports task definitions that are too large whatever their unknown values are.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(size) = least_size(task.view).filter(|size| *size > MAX_BYTES) else { continue };
        let message = format!("a task definition can be at most {MAX_BYTES} bytes (got at least {size})");
        report.add(
            Finding::at(task.anchor(), message)
                .help("move long values to SSM parameters, environment files, or the image"),
        );
    }
}
