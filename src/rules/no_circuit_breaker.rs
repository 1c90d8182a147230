//! See `rules/no-circuit-breaker.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{self, Known};

/// Reports rolling services whose failed deployments go on for ever.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let rolling =
            service.strategy().known() == Some("ROLLING") && service.controller().known() == Some("ECS");
        let replica = service.scheduling().known().is_some_and(|word| word.eq_ignore_ascii_case("REPLICA"));
        let classic = service.load_balancers().any(|balancer| balancer.classic().is_some());
        let whole = ["serviceName", "taskDefinition"].iter().all(|key| service.view.entry(key).is_some());
        if !whole || !rolling || !replica || classic || !service.deployment_member("alarms").is_missing() {
            continue;
        }
        let place = match service.deployment_member("deploymentCircuitBreaker") {
            Value::Missing if !service.is_description() => service.title(),
            Known(breaker, _) => match breaker.bool("enable") {
                Known(false, place) => place,
                _ => continue,
            },
            Value::Missing | Value::Unknown(_) => continue,
        };
        let term = service.view.term("deploymentCircuitBreaker");
        report.add(
            Finding::at(
                place,
                format!("a deployment of {} whose tasks fail is tried for ever", service.called()),
            )
            .help(format!("switch on `{term}`, with `rollback`")),
        );
    }
}
