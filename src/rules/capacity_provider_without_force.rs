//! See `rules/capacity-provider-without-force.md`.

use super::prelude::*;

/// Reports strategies in Terraform that cannot be changed in place.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| service.traits().needs_forced_deployments) {
        let Some(entry) = service.view.entry("capacityProviderStrategy") else { continue };
        let forced = service.view.bool("forceNewDeployment").may_be_true();
        let rolling = service.controller().known() == Some("ECS");
        if forced
            || !rolling
            || service.ignores("capacityProviderStrategy")
            || service.strategy_items().next().is_none()
        {
            continue;
        }
        report.add(
            Finding::at(
                entry.key_at,
                "a change of this strategy is refused, or makes the service anew, without `force_new_deployment`",
            )
            .help("set `force_new_deployment` to `true`"),
        );
    }
}
