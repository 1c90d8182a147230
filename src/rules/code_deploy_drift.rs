//! See `rules/code-deploy-drift.md`.

use super::prelude::*;
use crate::nearest::listed;

/// Reports services of CodeDeploy that Terraform will try to deploy itself.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| service.is_terraform()) {
        let Known("CODE_DEPLOY", at) = service.controller() else { continue };
        if let Known(true, place) = service.view.bool("forceNewDeployment") {
            report.add(
                Finding::at(
                    place,
                    "Terraform cannot force a new deployment of a service that CodeDeploy deploys",
                )
                .label(at, "the deployment controller")
                .help("remove `force_new_deployment`"),
            );
        }
        let moved = [
            (service.view.field("taskDefinition"), "task_definition"),
            (service.view.field("loadBalancers"), "load_balancer"),
        ];
        let named: Vec<&str> = moved
            .into_iter()
            .filter(|(field, argument)| field.entry().is_some() && !service.ignores(argument))
            .map(|(_, argument)| argument)
            .collect();
        if !named.is_empty() {
            report.add(
                Finding::at(
                    service.title(),
                    format!(
                        "CodeDeploy changes {}, and Terraform will want them back",
                        listed(named.iter().copied())
                    ),
                )
                .label(at, "the deployment controller")
                .help(format!("add `lifecycle {{ ignore_changes = [{}] }}`", named.join(", "))),
            );
        }
    }
}
