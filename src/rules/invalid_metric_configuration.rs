//! See `rules/invalid-metric-configuration.md`.

use super::prelude::*;
use crate::suggest::join_or;

/// The supported metrics.
const METRICS: &[&str] = &["CPUUtilization", "MemoryUtilization"];

/// The supported resolutions, in seconds.
const RESOLUTIONS: [i64; 2] = [20, 60];

/// Reports metrics and resolutions that ECS does not support.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(monitoring, _) = service.view.object("monitoring") else { continue };
        for metrics in monitoring.list("metricConfigurations").objects() {
            report.extend(unknown_resolution(metrics));
            let names = metrics.list("metricNames").iter();
            report.extend(names.filter_map(unknown_metric));
        }
    }
}

/// Reports a resolution between the two valid ones. The schema has the limits.
fn unknown_resolution(metrics: View) -> Option<Finding> {
    let field = metrics.field("resolutionSeconds");
    let Known(seconds, place) = field.int() else { return None };
    let is_between = (RESOLUTIONS[0]..=RESOLUTIONS[1]).contains(&seconds);
    (is_between && !RESOLUTIONS.contains(&seconds)).then(|| {
        let [high, standard] = RESOLUTIONS;
        let message = format!("invalid `{field}` {seconds}: expected {high} or {standard}");
        Finding::at(place, message).help(format!("set `{field}` to {high} or {standard}"))
    })
}

fn unknown_metric(metric: View) -> Option<Finding> {
    let name = metric.node.as_str().filter(|name| !METRICS.contains(name))?;
    let expected = join_or(METRICS.iter().copied());
    Some(Finding::at(metric.place(), format!("unknown metric `{name}`: expected {expected}")))
}
