//! See `rules/terraform-ignored-argument.md`.

use super::prelude::*;
use crate::node::Kind as NodeKind;

/// Reports arguments of a service that Terraform's provider takes and does not send.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| service.is_terraform()) {
        daemon(service, report);
        deployment(service, report);
        if let Some(entry) = service.view.entry("triggers")
            && service.view.certainly("triggers").is_some()
            && entry.value.as_object().is_none_or(|map| !map.entries.is_empty())
            && service.view.any("forceNewDeployment").is_missing()
        {
            report.add(
                Finding::at(entry.key_at, "`triggers` has no effect without `force_new_deployment`")
                    .help("set `force_new_deployment` to `true`"),
            );
        }
        if let (Known("EXTERNAL", at), Some(place)) =
            (service.controller(), service.view.certainly("launchType"))
        {
            report.add(
                Finding::at(place, "`launch_type` is not sent for a service with an external controller")
                    .label(at, "the deployment controller")
                    .help("give it to the task sets"),
            );
        }
    }
}

fn daemon(service: Service, report: &mut Report) {
    let Some(at) = service.daemon() else { return };
    let percent = |key| match service.deployment() {
        Known(deployment, _) => deployment.entry(key),
        _ => None,
    };
    let dropped =
        [service.view.entry("desiredCount"), percent("maximumPercent"), percent("minimumHealthyPercent")];
    for entry in dropped.into_iter().flatten() {
        report.add(
            Finding::at(entry.key_at, format!("`{}` is not sent for a daemon", entry.written))
                .label(at, "a daemon")
                .help("remove it"),
        );
    }
}

/// Of a deployment configuration nothing is sent without a strategy, and of another strategy's settings nothing at all.
fn deployment(service: Service, report: &mut Report) {
    let Known(deployment, _) = service.deployment() else { return };
    let own = ["bakeTimeInMinutes", "lifecycleHooks", "linearConfiguration", "canaryConfiguration"];
    for entry in own.into_iter().filter_map(|key| deployment.entry(key)) {
        let owner = match entry.key.as_str() {
            "linearConfiguration" => "LINEAR",
            "canaryConfiguration" => "CANARY",
            _ => "",
        };
        // Blocks that a `dynamic` one may leave out are not known to be there.
        let there = entry.value.as_array().is_none_or(|array| !array.items.is_empty());
        if matches!(entry.value.kind, NodeKind::Unknown(_)) || !there {
            continue;
        }
        let finding = match deployment.str("strategy") {
            Value::Missing => {
                Finding::at(entry.key_at, format!("`{}` is not sent without a `strategy`", entry.written))
                    .help("name the deployment strategy")
            }
            Known(strategy, at) if !owner.is_empty() && strategy != owner => Finding::at(
                entry.key_at,
                format!("`{}` is not sent for strategy `{strategy}`", entry.written),
            )
            .label(at, "the strategy")
            .help(format!("set `strategy` to `{owner}`, or remove the block")),
            _ => continue,
        };
        report.add(finding);
    }
}
