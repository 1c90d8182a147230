//! See `rules/awslogs-region-mismatch.md`.

use super::prelude::*;

/// Reports logs that are sent to a region other than the one in which their log group is created.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.logs_by("awslogs").filter_map(|log| in_other_region(*project, log)));
}

fn in_other_region(project: Project, log: Log) -> Option<Finding> {
    let Known(region, place) = log.option("awslogs-region") else { return None };
    let options = log.options().known()?;
    let group =
        project.log_group(&options.entry("awslogs-group")?.value, log.container.task.resource.unit())?;
    let own = project.region(group)?;
    let own_region = own.as_str().filter(|own| *own != region && !log.creates_group())?;
    let message = format!(
        "{} sends its logs to region `{region}`, but the log group is in `{own_region}`",
        log.container.called()
    );
    let term = options.field("awslogs-region");
    let set = format!("set `{term}` to `{own_region}`");
    Some(
        Finding::at(place, message)
            .label(Place::from(group.header), "the log group")
            .label(Place::from(own), "the region of its provider")
            .help(&*set)
            .fix(Safety::Unsafe, set, term.set(own_region)),
    )
}
