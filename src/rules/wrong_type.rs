//! See `rules/wrong-type.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::node::{Dialect, Entry, Kind};
use crate::project::Project;
use crate::rules::Report;
use crate::value::View;

/// Reports ports that are given as strings.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        for mapping in container.port_list().objects() {
            ["containerPort", "hostPort"].iter().for_each(|key| quoted(mapping, key, report));
        }
    }
    for service in project.services() {
        service.list("loadBalancers").objects().for_each(|entry| quoted(entry, "containerPort", report));
        service.list("serviceRegistries").objects().for_each(|entry| quoted(entry, "containerPort", report));
    }
}

/// Terraform turns quoted numbers of its own arguments into numbers, so only the API's own language counts.
fn quoted(view: View, key: &str, report: &mut Report) {
    let in_api = view.node.as_object().is_some_and(|object| object.dialect == Dialect::Api);
    let Some(entry) = view.entry(key).filter(|_| in_api) else { return };
    if let Some(text) = string(entry) {
        report.add(finding(entry, text));
    }
}

fn string(entry: &Entry) -> Option<&str> {
    match entry.value.kind {
        Kind::String(_) | Kind::Text(_) => entry.value.as_str(),
        _ => None,
    }
}

fn finding(entry: &Entry, text: &str) -> Finding {
    let finding = Finding::at(
        &entry.value,
        format!("`{}` is the string \"{text}\", but the API takes a number", entry.written),
    );
    match text.trim().parse::<i64>() {
        Ok(port) => {
            let change = Change::set(&entry.value, port);
            finding.help("remove the quotes").fix(
                Safety::Safe,
                format!("write {port} without quotes"),
                vec![change],
            )
        }
        Err(_) => finding.help("write the number of the port"),
    }
}
