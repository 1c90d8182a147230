//! See `rules/circuit-breaker-unsupported.md`.

use super::prelude::*;

/// Reports circuit breakers in services that ECS does not deploy.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(_, place) = service.circuit_breaker() else { continue };
        let Known(kind @ ("CODE_DEPLOY" | "EXTERNAL"), at) = service.controller() else { continue };
        report.add(
            Finding::at(place, format!("a circuit breaker does not go with deployment controller `{kind}`"))
                .label(at, "the deployment controller")
                .help("remove the circuit breaker; it is for deployments that ECS makes itself"),
        );
    }
}
