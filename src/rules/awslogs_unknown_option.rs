//! See `rules/awslogs-unknown-option.md`.

use super::prelude::*;
use super::support::suggest;
use crate::suggest::{join_and, nearest};
use crate::value::Entry;

/// The `options` that ECS accepts for the `awslogs` log driver (Amazon ECS API Reference, "LogConfiguration").
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

/// Reports options that the `awslogs` log driver does not support.
pub fn check(project: &Project, report: &mut Report) {
    for log in project.logs_by("awslogs") {
        let Some(options) = log.options().known() else { continue };
        for option in options.node.as_object().into_iter().flat_map(|object| &object.entries) {
            if !OPTIONS.contains(&option.key.as_str()) && !option.value.is_missing() {
                let given = |name: &str| options.node.get(name).is_some();
                report.add(finding(option, given));
            }
        }
    }
}

fn finding(option: &Entry, given: impl Fn(&str) -> bool) -> Finding {
    let finding = Finding::at(
        Place::key(option),
        format!("unknown option `{}` for the `awslogs` log driver", option.written),
    );
    match nearest(&option.key, OPTIONS.into_iter().filter(|name| !given(name))) {
        Some(near) => suggest::key(finding, option, near, Safety::Unsafe),
        None => finding
            .fix(Safety::Unsafe, format!("remove `{}`", option.written), [Change::remove(option)])
            .help(format!("remove `{}`; the supported options are {}", option.written, join_and(OPTIONS))),
    }
}
