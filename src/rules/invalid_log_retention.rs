//! See `rules/invalid-log-retention.md`.

use super::prelude::*;
use crate::model::Kind;

/// The numbers of days for which CloudWatch Logs keeps events. In Terraform, events do not expire with 0.
const DAYS: [i64; 23] = [
    0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
    3653,
];

/// Reports retention periods that CloudWatch Logs does not support.
pub fn check(project: &Project, report: &mut Report) {
    for group in project.of(Kind::LogGroup) {
        let field = project.view(group).field("retentionInDays");
        let Some((days, at)) = field.int().known_at().filter(|(days, _)| !DAYS.contains(days)) else {
            continue;
        };
        let more = DAYS.into_iter().find(|known| *known > days);
        let less = DAYS.into_iter().rev().find(|known| *known < days);
        let near: Vec<String> =
            less.filter(|days| *days > 0).into_iter().chain(more).map(|days| format!("`{days}`")).collect();
        report.add(
            Finding::at(at, format!("CloudWatch Logs cannot keep events for {days} days"))
                .help(format!("set `{field}` to {}", near.join(" or "))),
        );
    }
}
