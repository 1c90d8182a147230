//! See `rules/task-definition-too-large.md`.

use super::prelude::*;
use crate::model::least_size;

/// The most bytes a task definition may have.
const MAX_BYTES: usize = 64 << 10;

/// Reports task definitions that are too large, whatever stands in for what is not known.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(size) = least_size(task.view).filter(|size| *size > MAX_BYTES) else { continue };
        let message = format!("the task definition has at least {size} bytes, and ECS takes {MAX_BYTES}");
        report.add(
            Finding::at(task.anchor(), message)
                .help("move long values to SSM parameters, environment files or the image"),
        );
    }
}
