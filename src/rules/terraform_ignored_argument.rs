//! See `rules/terraform-ignored-argument.md`.

use super::prelude::*;
use crate::value::{Entry, NodeKind};

/// Reports arguments of a service that Terraform's AWS provider accepts but does not send to ECS.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| service.traits().adapts_requests) {
        report.extend(of_daemon(service));
        report.extend(of_strategy(service));
        report.extend([triggers(service), launch_type(service), rollback(service)]);
    }
}

fn triggers(service: Service) -> Option<Finding> {
    let triggers = service.view.field("triggers");
    let entry = triggers.entry().filter(|_| triggers.certainly().is_some())?;
    let is_empty = entry.value.as_object().is_some_and(|map| map.entries.is_empty());
    (!is_empty && service.view.is_missing("forceNewDeployment")).then(|| {
        Finding::at(entry.key_at, "`triggers` has no effect without `force_new_deployment`")
            .help("set `force_new_deployment` to `true`")
    })
}

/// Reports a rollback on an interrupt, which can only happen while Terraform waits.
fn rollback(service: Service) -> Option<Finding> {
    let [rollback, wait] = service.view.fields(["sigintRollback", "waitForSteadyState"]);
    let Known(true, at) = rollback.bool() else { return None };
    let waits_not = wait.is_missing() || wait.bool().known() == Some(false);
    waits_not.then(|| {
        Finding::at(at, format!("`{rollback}` has no effect without `{wait}`"))
            .help(format!("set `{wait}` to `true`"))
    })
}

fn launch_type(service: Service) -> Option<Finding> {
    let (Known("EXTERNAL", at), Some(place)) = (service.controller(), service.view.certainly("launchType"))
    else {
        return None;
    };
    Some(
        Finding::at(
            place,
            "`launch_type` is ignored for a service with the `EXTERNAL` deployment controller",
        )
        .label(at, "the deployment controller is `EXTERNAL`")
        .help("set the launch type on the task sets instead"),
    )
}

fn of_daemon(service: Service) -> Vec<Finding> {
    let Some(at) = service.daemon() else { return Vec::new() };
    let mut dropped = vec![service.view.field("desiredCount")];
    if let Known(deployment, _) = service.deployment() {
        dropped.push(deployment.field("maximumPercent"));
        // The provider sends every value other than its default.
        let minimum = deployment.field("minimumHealthyPercent");
        dropped.extend((minimum.int().known() == Some(100)).then_some(minimum));
    }
    let dropped = dropped.into_iter().filter_map(Field::entry).map(|entry| {
        Finding::at(entry.key_at, format!("`{}` is ignored for a daemon service", entry.written))
            .label(at, "the scheduling strategy is `DAEMON`")
            .help(format!("remove `{}`", entry.written))
    });
    dropped.collect()
}

/// Reports deployment settings that are not sent: any without a strategy, and those of another strategy.
fn of_strategy(service: Service) -> Vec<Finding> {
    let Known(deployment, _) = service.deployment() else { return Vec::new() };
    let own = deployment.fields([
        "bakeTimeInMinutes",
        "lifecycleHooks",
        "linearConfiguration",
        "canaryConfiguration",
    ]);
    let written = own.into_iter().filter_map(Field::entry).filter(|entry| is_there(entry));
    written.filter_map(|entry| foreign_setting(deployment, entry)).collect()
}

/// Whether the block certainly exists; a `dynamic` block may create none.
fn is_there(entry: &Entry) -> bool {
    match &entry.value.kind {
        NodeKind::Unknown(_) => false,
        NodeKind::Array(array) => !array.items.is_empty(),
        _ => true,
    }
}

fn foreign_setting(deployment: View, entry: &Entry) -> Option<Finding> {
    let owner = match entry.key.as_str() {
        "linearConfiguration" => Some("LINEAR"),
        "canaryConfiguration" => Some("CANARY"),
        _ => None,
    };
    match (deployment.str("strategy"), owner) {
        (Missing, _) => Some(
            Finding::at(entry.key_at, format!("`{}` is ignored without `strategy`", entry.written))
                .help("set `strategy`"),
        ),
        (Known(strategy, at), Some(owner)) if strategy != owner => Some(
            Finding::at(
                entry.key_at,
                format!("`{}` is ignored with the `{strategy}` deployment strategy", entry.written),
            )
            .label(at, "the deployment strategy")
            .help(format!("set `strategy` to `{owner}`, or remove the block")),
        ),
        _ => None,
    }
}
