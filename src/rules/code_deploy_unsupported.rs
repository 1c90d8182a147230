//! See `rules/code-deploy-unsupported.md`.

use super::prelude::*;

/// Reports services of CodeDeploy without a load balancer or with a Classic Load Balancer.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known("CODE_DEPLOY", at) = service.controller() else { continue };
        if service.load_balancer_list().is_empty() {
            report.add(
                Finding::at(
                    at,
                    format!(
                        "the `CODE_DEPLOY` deployment controller requires a load balancer, but {} has none",
                        service.called()
                    ),
                )
                .help("add an Application or Network Load Balancer, or use the `ECS` deployment controller"),
            );
        }
        let classic = service.load_balancers().find_map(LoadBalancer::classic);
        if let Some(place) = classic {
            report.add(
                Finding::at(
                    place,
                    "Classic Load Balancers are not supported with the `CODE_DEPLOY` deployment controller",
                )
                .label(at, "the deployment controller is `CODE_DEPLOY`")
                .help("use an Application or Network Load Balancer"),
            );
        }
    }
}
