//! See `rules/code-deploy-drift.md`.

use super::prelude::*;
use crate::suggest::join_and;

/// Reports services that CodeDeploy deploys and that the tool would try to change.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| service.traits().is_declarative) {
        let Known("CODE_DEPLOY", at) = service.controller() else { continue };
        let forced = service.view.field("forceNewDeployment");
        if let Known(true, place) = forced.bool() {
            report.add(
                Finding::at(
                    place,
                    format!("`{forced}` is not supported with the `CODE_DEPLOY` deployment controller"),
                )
                .label(at, "the deployment controller is `CODE_DEPLOY`")
                .help(format!("remove `{forced}`; use CodeDeploy to start a new deployment")),
            );
        }
        if service.is_without_deployment_group() || !service.traits().can_ignore_changes {
            continue;
        }
        let moved = service.view.fields(["taskDefinition", "loadBalancers"]);
        let kept = moved.into_iter().filter(|field| !service.ignores(field.key()));
        let named: Vec<&str> =
            kept.filter_map(|field| field.entry()).map(|entry| entry.written.as_str()).collect();
        if !named.is_empty() {
            report.add(
                Finding::at(
                    service.anchor(),
                    format!(
                        "CodeDeploy changes {}, and the next apply tries to revert the change",
                        join_and(named.iter().copied())
                    ),
                )
                .label(at, "the deployment controller is `CODE_DEPLOY`")
                .help(format!("add `lifecycle {{ ignore_changes = [{}] }}`", named.join(", "))),
            );
        }
    }
}
