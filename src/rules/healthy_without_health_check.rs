//! See `rules/healthy-without-health-check.md`.

use super::prelude::*;

/// Reports `HEALTHY` dependencies on containers that have no health check.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let dependencies = container.view.list("dependsOn").objects();
        report.extend(dependencies.filter_map(|dependency| awaits_no_health_check(container, dependency)));
    }
}

fn awaits_no_health_check(container: Container, dependency: View) -> Option<Finding> {
    let Known("HEALTHY", place) = dependency.str("condition") else { return None };
    let name = dependency.str("containerName").known()?;
    let target = container.task.container(name).known()?;
    let (check, condition) = (target.view.field("healthCheck"), dependency.field("condition"));
    check.is_missing().then(|| {
        Finding::at(
            place,
            format!(
                "{} waits until `{name}` is healthy, but `{name}` has no health check",
                container.called()
            ),
        )
        .label(target.anchor(), format!("no `{check}` here (a `HEALTHCHECK` in the image does not count)"))
        .help(format!("add a `{check}` to `{name}`, or set `{condition}` to `START`"))
    })
}
