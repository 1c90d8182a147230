//! See `rules/code-deploy-unsupported.md`.

use super::prelude::*;

/// Reports services of CodeDeploy without a load balancer, or with several.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known("CODE_DEPLOY", at) = service.controller() else { continue };
        if service.load_balancer_list().is_empty() {
            report.add(
                Finding::at(
                    at,
                    format!("CodeDeploy shifts traffic, and {} has no load balancer", service.called()),
                )
                .help("add an Application or Network Load Balancer, or let ECS deploy the service"),
            );
        }
        let classic = service.load_balancers().find_map(LoadBalancer::classic);
        if let Some(place) = classic {
            report.add(
                Finding::at(place, "CodeDeploy does not work with a Classic Load Balancer")
                    .label(at, "the deployment controller")
                    .help("use an Application or Network Load Balancer"),
            );
        }
    }
}
