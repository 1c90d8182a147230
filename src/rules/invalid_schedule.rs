//! See `rules/invalid-schedule.md`.

use super::prelude::*;
use crate::model::Kind;

/// Reports schedules that EventBridge does not accept.
pub fn check(project: &Project, report: &mut Report) {
    for rule in project.of(Kind::EventRule) {
        let field = project.view(rule).field("ScheduleExpression");
        report.extend(fault(field, Scheduler::Rules));
    }
    for schedule in project.of(Kind::Schedule) {
        let field = project.view(schedule).field("ScheduleExpression");
        report.extend(fault(field, Scheduler::Schedules));
    }
}

/// What reads an expression.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scheduler {
    /// Rules of EventBridge, which require the singular for 1.
    Rules,
    /// EventBridge Scheduler, which also runs a task once.
    Schedules,
}

/// The fields of a `cron` expression: their names, and the least and the greatest number.
const FIELDS: [(&str, i64, i64); 6] = [
    ("minutes", 0, 59),
    ("hours", 0, 23),
    ("day of month", 1, 31),
    ("month", 1, 12),
    ("day of week", 1, 7),
    ("year", 1970, 2199),
];

fn fault(field: Field, scheduler: Scheduler) -> Option<Finding> {
    let (text, at) = field.str().known_at()?;
    let (why, help) = of_expression(text, scheduler)?;
    Some(Finding::at(at, format!("invalid schedule `{text}`: {why}")).help(help))
}

/// What is wrong with an expression, and what to write instead.
fn of_expression(text: &str, scheduler: Scheduler) -> Option<(String, String)> {
    let forms = match scheduler {
        Scheduler::Rules => "`rate(…)` or `cron(…)`",
        Scheduler::Schedules => "`rate(…)`, `cron(…)`, or `at(…)`",
    };
    let inner = |name: &str| text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
    match (inner("rate"), inner("cron"), inner("at")) {
        (Some(rate), _, _) => of_rate(rate, scheduler),
        (_, Some(cron), _) => of_cron(cron),
        (_, _, Some(_)) if scheduler == Scheduler::Schedules => None,
        _ => Some((format!("expected {forms}"), "write, for example, `rate(5 minutes)`".to_owned())),
    }
}

fn of_rate(rate: &str, scheduler: Scheduler) -> Option<(String, String)> {
    let example = "write, for example, `rate(1 hour)` or `rate(5 minutes)`";
    let parts: Vec<&str> = rate.split_whitespace().collect();
    let [count, unit] = parts[..] else {
        return Some(("expected a number and a unit".to_owned(), example.to_owned()));
    };
    let singular = unit.strip_suffix('s').unwrap_or(unit);
    match count.parse::<i64>() {
        Ok(count) if count > 0 => {
            let is_known = ["minute", "hour", "day"].contains(&singular);
            let is_plural = singular != unit;
            if !is_known {
                return Some((
                    format!("expected `minutes`, `hours`, or `days` (got `{unit}`)"),
                    example.to_owned(),
                ));
            }
            let right = if count == 1 { singular.to_owned() } else { format!("{singular}s") };
            (scheduler == Scheduler::Rules && is_plural != (count > 1)).then(|| {
                (format!("the unit of {count} is `{right}`"), format!("write `rate({count} {right})`"))
            })
        }
        _ => Some((format!("expected a positive whole number (got `{count}`)"), example.to_owned())),
    }
}

fn of_cron(cron: &str) -> Option<(String, String)> {
    let fields: Vec<&str> = cron.split_whitespace().collect();
    let count = fields.len();
    if count != FIELDS.len() {
        let help =
            "write minutes, hours, day of month, month, day of week, and year, as in `cron(0 12 * * ? *)`";
        return Some((format!("a `cron` expression has 6 fields (got {count})"), help.to_owned()));
    }
    if fields[2] != "?" && fields[4] != "?" {
        return Some((
            "the day of the month or the day of the week must be `?`".to_owned(),
            "write `?` for the one that does not matter, as in `cron(0 12 * * ? *)`".to_owned(),
        ));
    }
    let numbered = fields.iter().zip(FIELDS).find_map(|(field, (name, least, most))| {
        let outside = |number: &i64| !(least..=most).contains(number);
        let number = numbers(field).find(outside)?;
        Some((format!("the {name} must be between {least} and {most} (got {number})"), least, most))
    });
    numbered.map(|(why, least, most)| (why, format!("write a number from {least} to {most}")))
}

/// The numbers of a field, without increments.
fn numbers(field: &str) -> impl Iterator<Item = i64> {
    let items = field.split(',').map(|item| item.split('/').next().unwrap_or_default());
    items.flat_map(|range| range.split('-')).filter_map(|number| number.parse().ok())
}
