//! See `rules/app-mesh-proxy.md`.

use crate::diagnostic::{Change, Finding, Place, Safety};
use crate::model::{NetworkMode, Task};
use crate::nearest::{listed, nearest};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{Known, Missing};
use crate::value::View;

/// The properties that App Mesh cannot do without.
const REQUIRED: &[&str] = &["ProxyIngressPort", "ProxyEgressPort", "AppPorts", "EgressIgnoredIPs"];

/// Reports App Mesh proxies that do not fit their task.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(proxy, _) = task.view.object("proxyConfiguration") else { continue };
        // Another type is none that the API has; `APPMESH` is the default.
        let is_mesh = !matches!(proxy.str("type"), Known(kind, _) if kind != "APPMESH");
        let properties = if is_mesh { properties(task, proxy) } else { None };
        let found = [mode(task), container(task, proxy), properties];
        found.into_iter().flatten().for_each(|finding| report.add(finding));
    }
}

fn mode(task: Task) -> Option<Finding> {
    let entry = task.view.entry("proxyConfiguration")?;
    let Known(mode, mode_at) = task.network_mode() else { return None };
    (mode != NetworkMode::Awsvpc).then(|| {
        Finding::at(entry.key_at, format!("`{}` needs `awsvpc` mode", entry.written))
            .label(mode_at, task.network_mode_reason())
            .help(format!("set `{}` to `awsvpc`", task.view.term("networkMode")))
    })
}

fn container(task: Task, proxy: View) -> Option<Finding> {
    let Known(name, place) = proxy.str("containerName") else { return None };
    let Missing = task.container(name) else { return None };
    let names: Vec<&str> = task.containers().filter_map(|container| container.name().known()).collect();
    let finding =
        Finding::at(place, format!("the task definition has no container `{name}` to be the proxy"));
    Some(match nearest(name, names.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(
            Safety::Unsafe,
            format!("write `{near}`"),
            vec![Change::set(&proxy.entry("containerName")?.value, near)],
        ),
        None => finding.help(format!("it has {}", listed(names))),
    })
}

/// A property that is missing; of several the first, as AWS has it.
fn properties(task: Task, proxy: View) -> Option<Finding> {
    let list = proxy.list("properties");
    let names: Option<Vec<&str>> = list.objects().map(|property| property.str("name").known()).collect();
    let names = names.filter(|_| list.is_complete())?;
    let place =
        proxy.entry("properties").or(task.view.entry("proxyConfiguration")).map(|entry| entry.key_at)?;
    let has = |name: &str| names.contains(&name);
    if let Some(missing) = REQUIRED.iter().find(|name| !has(name)) {
        return Some(
            Finding::at(Place::from(place), format!("the App Mesh proxy has no property `{missing}`"))
                .help(format!("add it; {} are all needed", listed(REQUIRED.to_vec()))),
        );
    }
    (!has("IgnoredUID") && !has("IgnoredGID")).then(|| {
        Finding::at(Place::from(place), "the App Mesh proxy has neither `IgnoredUID` nor `IgnoredGID`")
            .help("add the user or the group that the proxy runs as, or its own traffic comes back to it")
            .warning()
    })
}
