//! See `rules/awslogs-region-mismatch.md`.

use crate::diagnostic::{Change, Finding, Place, Safety};
use crate::model::Log;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports logs that are sent to another region than the one where their group is made.
pub fn check(project: &Project, report: &mut Report) {
    for log in project.tasks().flat_map(|task| task.logs_by("awslogs")) {
        if let Some(finding) = elsewhere(*project, log) {
            report.add(finding);
        }
    }
}

fn elsewhere(project: Project, log: Log) -> Option<Finding> {
    let Known(region, place) = log.option("awslogs-region") else { return None };
    let options = log.options().known()?;
    let group =
        project.log_group(&options.entry("awslogs-group")?.value, log.container.task.document.scope)?;
    let own = project.region(group)?;
    let own_region = own.as_str().filter(|own| *own != region && !log.creates_group())?;
    let message =
        format!("{} logs to `{region}`, but its log group is in `{own_region}`", log.container.called());
    let change = Change::set(&options.entry("awslogs-region")?.value, own_region);
    Some(
        Finding::at(place, message)
            .label(Place::from(group.title), "the log group")
            .label(Place::from(own), "the region of its provider")
            .help(format!("write `{own_region}`"))
            .fix(Safety::Unsafe, format!("write `{own_region}`"), vec![change]),
    )
}
