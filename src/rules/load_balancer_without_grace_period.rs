//! See `rules/load-balancer-without-grace-period.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;

/// Reports services behind a load balancer that give their tasks no time to start.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| service.grace_period().is_missing()) {
        let Some(balancer) = service.load_balancers().next() else { continue };
        let term = service.view.term("healthCheckGracePeriodSeconds");
        let message = format!("no `{term}`, so a task that starts slowly is stopped before it is up");
        report.add(
            Finding::at(service.title(), message)
                .label(
                    balancer.view.heading("containerName"),
                    "the load balancer checks tasks from their first second",
                )
                .help(format!("set `{term}` to somewhat more seconds than the container needs to answer")),
        );
    }
}
