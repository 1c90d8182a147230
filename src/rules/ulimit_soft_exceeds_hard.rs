//! See `rules/ulimit-soft-exceeds-hard.md`.

use super::prelude::*;

/// Reports soft limits above their hard limits.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        for limit in container.view.list("ulimits").objects() {
            let field = limit.field("softLimit");
            let (Known(soft, place), Known(hard, hard_at)) = (field.int(), limit.int("hardLimit")) else {
                continue;
            };
            // A negative value means no limit.
            if soft <= hard || hard < 0 {
                continue;
            }
            let name = limit.str("name").known().map_or_else(String::new, |name| format!(" of `{name}`"));
            report.add(
                Finding::at(place, format!("the soft limit{name} ({soft}) exceeds the hard limit ({hard})"))
                    .label(hard_at, "the hard limit")
                    .help(format!("lower the soft limit to {hard}, or raise the hard limit to {soft}"))
                    .fix(Safety::Unsafe, format!("set `{field}` to {hard}"), field.set(hard)),
            );
        }
    }
}
