//! See `rules/app-mesh-proxy.md`.

use super::prelude::*;
use super::support::suggest;
use crate::suggest::{join_and, join_or, nearest};

/// The properties that every App Mesh proxy requires.
const REQUIRED: &[&str] = &["ProxyIngressPort", "ProxyEgressPort", "AppPorts", "EgressIgnoredIPs"];

/// Reports invalid App Mesh proxy configurations.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(proxy, _) = task.view.object("proxyConfiguration") else { continue };
        report.extend([wrong_mode(task), unknown_container(task, proxy)]);
        // `APPMESH` is the default. The API has no other type, and another rule reports one.
        if !matches!(proxy.str("type"), Known(kind, _) if kind != "APPMESH") {
            report.extend(missing_property(task, proxy));
        }
    }
}

fn wrong_mode(task: Task) -> Option<Finding> {
    let entry = task.view.entry("proxyConfiguration")?;
    let Known(mode, mode_at) = task.network_mode() else { return None };
    (mode != NetworkMode::Awsvpc).then(|| {
        let (proxy, mode) = (&entry.written, mode.name());
        let message = format!("`{proxy}` is supported only in `awsvpc` network mode (got `{mode}`)");
        Finding::at(entry.key_at, message)
            .label(mode_at, task.network_mode_reason())
            .help(format!("set `{}` to `awsvpc`", task.view.field("networkMode")))
    })
}

fn unknown_container(task: Task, proxy: View) -> Option<Finding> {
    let named = proxy.field("containerName");
    let Known(name, place) = named.str() else { return None };
    let Missing = task.container(name) else { return None };
    let names = task.container_names();
    let message =
        format!("the proxy container is `{name}`, but the task definition has no container with that name");
    let finding = Finding::at(place, message);
    Some(match nearest(name, names.iter().copied()) {
        Some(near) => suggest::value(finding, named, near),
        None => finding.help(format!("set `{named}` to {}", join_or(names))),
    })
}

/// Reports the first missing property only, as AWS does.
fn missing_property(task: Task, proxy: View) -> Option<Finding> {
    let list = proxy.list("properties");
    let names: Option<Vec<&str>> = list.objects().map(|property| property.str("name").known()).collect();
    let names = names.filter(|_| list.is_complete())?;
    let place = proxy.entry("properties").or(task.view.entry("proxyConfiguration"))?.key_at;
    let has = |name: &str| names.contains(&name);
    if let Some(missing) = REQUIRED.iter().find(|name| !has(name)) {
        return Some(
            Finding::at(place, format!("the App Mesh proxy has no `{missing}` property"))
                .help(format!("add `{missing}`; an App Mesh proxy requires {}", join_and(REQUIRED.to_vec()))),
        );
    }
    (!has("IgnoredUID") && !has("IgnoredGID")).then(|| {
        Finding::at(place, "the App Mesh proxy has neither `IgnoredUID` nor `IgnoredGID`")
            .help("add the ID of the user or group that the proxy runs as; otherwise, its own traffic is sent back to it")
            .warning()
    })
}
