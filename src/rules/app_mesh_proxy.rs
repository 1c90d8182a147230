//! See `rules/app-mesh-proxy.md`.

use super::prelude::*;
use super::support::suggest;
use crate::suggest::{join_and, nearest};

/// The properties that App Mesh cannot do without.
const REQUIRED: &[&str] = &["ProxyIngressPort", "ProxyEgressPort", "AppPorts", "EgressIgnoredIPs"];

/// Reports App Mesh proxies that do not fit their task.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(proxy, _) = task.view.object("proxyConfiguration") else { continue };
        report.extend([wrong_mode(task), unknown_container(task, proxy)]);
        // Another type is none that the API has; `APPMESH` is the default.
        if !matches!(proxy.str("type"), Known(kind, _) if kind != "APPMESH") {
            report.extend(missing_property(task, proxy));
        }
    }
}

fn wrong_mode(task: Task) -> Option<Finding> {
    let entry = task.view.entry("proxyConfiguration")?;
    let Known(mode, mode_at) = task.network_mode() else { return None };
    (mode != NetworkMode::Awsvpc).then(|| {
        Finding::at(entry.key_at, format!("`{}` needs `awsvpc` mode", entry.written))
            .label(mode_at, task.network_mode_reason())
            .help(format!("set `{}` to `awsvpc`", task.view.field("networkMode")))
    })
}

fn unknown_container(task: Task, proxy: View) -> Option<Finding> {
    let named = proxy.field("containerName");
    let Known(name, place) = named.str() else { return None };
    let Missing = task.container(name) else { return None };
    let names = task.container_names();
    let finding =
        Finding::at(place, format!("the task definition has no container `{name}` to be the proxy"));
    Some(match nearest(name, names.iter().copied()) {
        Some(near) => suggest::value(finding, named, near),
        None => finding.help(format!("it has {}", join_and(names))),
    })
}

/// A property that is missing; of several the first, as AWS has it.
fn missing_property(task: Task, proxy: View) -> Option<Finding> {
    let list = proxy.list("properties");
    let names: Option<Vec<&str>> = list.objects().map(|property| property.str("name").known()).collect();
    let names = names.filter(|_| list.is_complete())?;
    let place = proxy.entry("properties").or(task.view.entry("proxyConfiguration"))?.key_at;
    let has = |name: &str| names.contains(&name);
    if let Some(missing) = REQUIRED.iter().find(|name| !has(name)) {
        return Some(
            Finding::at(place, format!("the App Mesh proxy has no property `{missing}`"))
                .help(format!("add it; {} are all needed", join_and(REQUIRED.to_vec()))),
        );
    }
    (!has("IgnoredUID") && !has("IgnoredGID")).then(|| {
        Finding::at(place, "the App Mesh proxy has neither `IgnoredUID` nor `IgnoredGID`")
            .help("add the user or the group that the proxy runs as, or its own traffic comes back to it")
            .warning()
    })
}
