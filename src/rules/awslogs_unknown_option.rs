//! See `rules/awslogs-unknown-option.md`.

use crate::diagnostic::{Finding, Place};
use crate::nearest::{listed, nearest};
use crate::node::Entry;
use crate::project::Project;
use crate::rules::Report;

/// What awslogs takes in `options` (Amazon ECS API Reference, "LogConfiguration").
const OPTIONS: [&str; 8] = [
    "awslogs-create-group",
    "awslogs-datetime-format",
    "awslogs-group",
    "awslogs-multiline-pattern",
    "awslogs-region",
    "awslogs-stream-prefix",
    "max-buffer-size",
    "mode",
];

/// Reports options that awslogs does not take.
pub fn check(project: &Project, report: &mut Report) {
    for log in project.tasks().flat_map(|task| task.logs_by("awslogs")) {
        let Some(options) = log.options().known() else { continue };
        for option in options.node.as_object().into_iter().flat_map(|object| &object.entries) {
            if !OPTIONS.contains(&option.key.as_str()) && !option.value.is_missing() {
                report.add(finding(option));
            }
        }
    }
}

fn finding(option: &Entry) -> Finding {
    let finding =
        Finding::at(Place::key(option), format!("`{}` is no option of the awslogs driver", option.written));
    match nearest(&option.key, OPTIONS) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help(format!("remove it; awslogs takes {}", listed(OPTIONS))),
    }
}
