//! See `rules/log-group-missing.md`.

use std::collections::BTreeMap;

use super::prelude::*;
use crate::address::UnitId;
use crate::model::{Kind, Resource};
use crate::suggest::nearest;

/// Reports logs whose group no resource defines, in configurations that define the groups of other logs.
pub fn check(project: &Project, report: &mut Report) {
    let mut units: BTreeMap<UnitId, Option<Groups>> = BTreeMap::new();
    for task in project.tasks() {
        let unit = task.resource.unit();
        let groups = units.entry(unit).or_insert_with(|| Groups::of(*project, unit));
        let Some(groups) = groups else { continue };
        let logs = task.logs_by("awslogs").filter(|log| !log.creates_group());
        for log in logs.filter(|log| find(&groups.by_name, *project, *log).is_none()) {
            report.extend(unmade_group(log, &groups.named, groups.made));
        }
    }
}

/// The log groups of a unit, all of which are known.
struct Groups<'a> {
    named: Vec<(&'a str, &'a Resource)>,
    by_name: BTreeMap<&'a str, &'a Resource>,
    /// The group of some log in the unit.
    made: &'a Resource,
}

impl<'a> Groups<'a> {
    /// The groups of a unit; `None` if there may be others, or no log uses one of them.
    fn of(project: Project<'a>, unit: UnitId) -> Option<Groups<'a>> {
        let named = project.all_named(Kind::LogGroup, "logGroupName", unit)?;
        let by_name: BTreeMap<&str, &Resource> = named.iter().rev().copied().collect();
        let tasks = project.tasks().filter(|task| task.resource.unit() == unit);
        let logs = tasks.flat_map(|task| task.logs_by("awslogs"));
        let made = logs.filter_map(|log| find(&by_name, project, log)).next()?;
        Some(Groups { named, by_name, made })
    }
}

/// The group that a log uses.
fn find<'a>(
    by_name: &BTreeMap<&'a str, &'a Resource>,
    project: Project<'a>,
    log: Log,
) -> Option<&'a Resource> {
    let options = log.options().known()?;
    let group = &options.entry("awslogs-group")?.value;
    match group.as_str() {
        Some(name) => by_name.get(name).copied(),
        None => project.log_group(group, log.container.task.resource),
    }
}

fn unmade_group(log: Log, groups: &[(&str, &Resource)], made: &Resource) -> Option<Finding> {
    let Known(name, place) = log.option("awslogs-group") else { return None };
    let message = format!(
        "{} logs to `{name}`, but no resource defines a log group with that name",
        log.container.called()
    );
    let finding = Finding::at(place, message)
        .label(Place::header(made), "this resource defines the log group of another container");
    Some(match nearest(name, groups.iter().map(|(known, _)| *known)) {
        Some(near) => finding.help(format!("did you mean `{near}`? Otherwise, define the log group")),
        None => finding.help("define the log group, or set `awslogs-create-group` to `\"true\"`"),
    })
}
