//! See `rules/circuit-breaker-unsupported.md`.

use super::prelude::*;

/// Reports deployment circuit breakers in services that ECS does not deploy.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(_, place) = service.circuit_breaker() else { continue };
        let Known(kind @ ("CODE_DEPLOY" | "EXTERNAL"), at) = service.controller() else { continue };
        report.add(
            Finding::at(
                place,
                format!(
                    "deployment circuit breakers are not supported with the `{kind}` deployment controller"
                ),
            )
            .label(at, format!("the deployment controller is `{kind}`"))
            .help("remove the circuit breaker, or use the `ECS` deployment controller"),
        );
    }
}
