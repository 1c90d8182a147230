//! See `rules/log-group-missing.md`.

use super::prelude::*;
use crate::model::{Kind, Resource};
use crate::suggest::nearest;

/// Reports logs whose group no resource defines, in configurations that define the groups of other logs.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let unit = task.resource.unit();
        let Some(groups) = project.all_named(Kind::LogGroup, "logGroupName", unit) else { continue };
        let tasks = project.tasks().filter(|other| other.resource.unit() == unit);
        let Some(made) =
            tasks.flat_map(|other| other.logs_by("awslogs")).find_map(|log| group(*project, log))
        else {
            continue;
        };
        for log in
            task.logs_by("awslogs").filter(|log| !log.creates_group() && group(*project, *log).is_none())
        {
            report.extend(unmade_group(log, &groups, made));
        }
    }
}

fn group<'a>(project: Project<'a>, log: Log) -> Option<&'a Resource> {
    let options = log.options().known()?;
    project.log_group(&options.entry("awslogs-group")?.value, log.container.task.resource.unit())
}

fn unmade_group(log: Log, groups: &[(&str, &Resource)], made: &Resource) -> Option<Finding> {
    let Known(name, place) = log.option("awslogs-group") else { return None };
    let message = format!(
        "{} logs to `{name}`, but no resource defines a log group with that name",
        log.container.called()
    );
    let finding = Finding::at(place, message)
        .label(Place::from(made.header), "this resource defines the log group of another container");
    Some(match nearest(name, groups.iter().map(|(known, _)| *known)) {
        Some(near) => {
            finding.help(format!("did you mean `{near}`? Otherwise, add an `aws_cloudwatch_log_group`"))
        }
        None => {
            finding.help("add an `aws_cloudwatch_log_group`, or set `awslogs-create-group` to `\"true\"`")
        }
    })
}
