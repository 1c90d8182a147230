//! See `rules/health-check-range.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// The settings, the least and the most of each, and what they count.
const RANGES: [(&str, i64, i64, &str); 4] = [
    ("interval", 5, 300, " seconds"),
    ("timeout", 2, 60, " seconds"),
    ("retries", 1, 10, ""),
    ("startPeriod", 0, 300, " seconds"),
];

/// Reports settings of container health checks that ECS does not take.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        let Known(health, _) = container.view.object("healthCheck") else { continue };
        let outside = |(key, least, most, unit)| outside(health, key, (least, most), unit);
        RANGES.into_iter().filter_map(outside).for_each(|finding| report.add(finding));
    }
}

/// A number below the least or above the most that its member takes.
pub(super) fn outside(view: View, key: &str, (least, most): (i64, i64), unit: &str) -> Option<Finding> {
    let Known(number, place) = view.int(key) else { return None };
    if (least..=most).contains(&number) {
        return None;
    }
    let term = view.term(key);
    let near = number.clamp(least, most);
    let change = Change::set(&view.entry(key)?.value, near);
    let finding = Finding::at(place, format!("`{term}` is {number}, but it is from {least} to {most}{unit}"))
        .help(format!("write a number from {least} to {most}"))
        .fix(Safety::Unsafe, format!("set `{term}` to {near}"), vec![change]);
    Some(finding)
}
