//! See `rules/no-circuit-breaker.md`.

use super::prelude::*;

/// Reports services with rolling deployments that do not stop when they fail.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let rolling =
            service.strategy().known() == Some("ROLLING") && service.controller().known() == Some("ECS");
        let replica = service.scheduling().known().is_some_and(|word| word.eq_ignore_ascii_case("REPLICA"));
        let classic = service.load_balancers().any(|balancer| balancer.classic().is_some());
        let [name, task] = service.view.fields(["serviceName", "taskDefinition"]);
        let whole = name.entry().is_some() && task.entry().is_some();
        if !whole || !rolling || !replica || classic || !service.alarms().is_missing() {
            continue;
        }
        let place = match service.circuit_breaker() {
            Missing if !service.is_description() => service.anchor(),
            Known(breaker, _) => match breaker.bool("enable") {
                Known(false, place) => place,
                _ => continue,
            },
            Missing | Unknown(_) => continue,
        };
        let breaker = service.view.field("deploymentCircuitBreaker");
        report.add(
            Finding::at(
                place,
                format!("{} has no circuit breaker, so a failing deployment never stops", service.called()),
            )
            .help(format!("enable `{breaker}` with `{}`", service.resource.name_of("rollback"))),
        );
    }
}
