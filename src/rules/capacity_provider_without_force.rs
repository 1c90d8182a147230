//! See `rules/capacity-provider-without-force.md`.

use super::prelude::*;

/// Reports capacity provider strategies that Terraform cannot change in place.
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
                "without `force_new_deployment`, a change to this strategy is rejected or replaces the service",
            )
            .help("set `force_new_deployment` to `true`"),
        );
    }
}
