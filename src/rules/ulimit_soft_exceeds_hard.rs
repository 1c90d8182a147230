//! See `rules/ulimit-soft-exceeds-hard.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports soft limits above their hard limits.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        for limit in container.view.list("ulimits").objects() {
            let (Known(soft, place), Known(hard, hard_at)) = (limit.int("softLimit"), limit.int("hardLimit"))
            else {
                continue;
            };
            // A negative limit stands for none.
            if soft <= hard || hard < 0 {
                continue;
            }
            let name = limit.str("name").known().map_or_else(String::new, |name| format!(" of `{name}`"));
            let Some(entry) = limit.entry("softLimit") else { continue };
            report.add(
                Finding::at(place, format!("the soft limit{name} is {soft}, above the hard limit of {hard}"))
                    .label(hard_at, "the hard limit")
                    .help(format!("lower it to {hard}, or raise the hard limit to {soft}"))
                    .fix(
                        Safety::Unsafe,
                        format!("set `{}` to {hard}", entry.written),
                        vec![Change::set(&entry.value, hard)],
                    ),
            );
        }
    }
}
