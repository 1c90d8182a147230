//! See `rules/healthy-without-health-check.md`.

use crate::diagnostic::Finding;
use crate::model::Container;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// Reports waiting for the health of containers that have no health check.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        for dependency in container.view.list("dependsOn").objects() {
            if let Some(finding) = unhealthy(container, dependency) {
                report.add(finding);
            }
        }
    }
}

fn unhealthy(container: Container, dependency: View) -> Option<Finding> {
    let Known("HEALTHY", place) = dependency.str("condition") else { return None };
    let name = dependency.str("containerName").known()?;
    let target = container.task.container(name).known()?;
    target.view.any("healthCheck").is_missing().then(|| {
        Finding::at(
            place,
            format!(
                "{} waits until `{name}` is healthy, but `{name}` has no health check",
                container.called()
            ),
        )
        .label(target.title(), "no `healthCheck` here; one in the image does not count")
        .help(format!("give `{name}` a `healthCheck`, or wait for `START`"))
    })
}
