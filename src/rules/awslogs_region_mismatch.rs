//! See `rules/awslogs-region-mismatch.md`.

use super::prelude::*;

/// Reports logs that are sent to a region other than the one in which their log group is created.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.logs_by("awslogs").filter_map(|log| in_other_region(*project, log)));
}

fn in_other_region(project: Project, log: Log) -> Option<Finding> {
    let options = log.options().known()?;
    let named = &options.entry("awslogs-group")?.value;
    let group = project.log_group(named, log.container.task.resource)?;
    let own = project.region(group)?;
    let own_region = own.as_str().filter(|_| !log.creates_group())?;
    let Known(region, place) = log.option("awslogs-region") else { return None };
    if region == own_region {
        return None;
    }
    let message = format!(
        "{} sends its logs to region `{region}`, but the log group is in `{own_region}`",
        log.container.called()
    );
    let term = options.field("awslogs-region");
    let set = format!("set `{term}` to `{own_region}`");
    let finding = Finding::at(place, message);
    // A group with the same name can exist in the other Region, but a reference means this one.
    let is_reference = group.request.get("logGroupName").is_some_and(|name| name.at == named.at);
    let finding = if is_reference || named.resource().is_some() { finding.error() } else { finding };
    Some(
        finding
            .label(Place::header(group), "the log group")
            .label(Place::from(own), "the region of its provider")
            .help(&*set)
            .fix(Safety::Unsafe, set, term.set(own_region)),
    )
}
