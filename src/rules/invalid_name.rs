//! See `rules/invalid-name.md`.

use crate::diagnostic::Finding;
use crate::project::{Kind, Mistake, Project};
use crate::rules::Report;
use crate::rules::invalid_value::NAMES;
use crate::value::Value::Known;
use crate::value::View;

/// Reports names that the API does not take.
pub fn check(project: &Project, report: &mut Report) {
    for (_, violation) in project.violations() {
        let Mistake::Value { key, shape } = &violation.mistake else { continue };
        let (Some(pattern), Some(name)) = (shape.pattern(), violation.node.as_str()) else { continue };
        if NAMES.contains(&key.as_str()) {
            let help = help(pattern, shape.limit("maxLength").unwrap_or(255));
            report.add(
                Finding::at(&violation.node, format!("`{}` cannot be `{name}`", violation.called)).help(help),
            );
        }
    }
    for cluster in project.of(Kind::Cluster) {
        other(project.view(cluster), "clusterName", is_ecs_name, CLUSTER, report);
    }
    for group in project.of(Kind::TargetGroup) {
        other(project.view(group), "Name", is_target_group_name, TARGET_GROUP, report);
    }
}

const CLUSTER: &str = "use letters, digits, `-` and `_`, at most 255";
const TARGET_GROUP: &str = "use letters, digits and `-`, at most 32, with no `-` at either end";

fn help(pattern: &str, most: i64) -> String {
    match pattern.contains("A-Z") {
        true => format!("use letters, digits, `-` and `_`, at most {most}"),
        false => {
            format!("use lowercase letters, digits, `_` and `-`, at most {most}, with no `-` at the start")
        }
    }
}

/// A name of a request that has no schema here.
fn other(view: View, key: &str, is_right: fn(&str) -> bool, help: &str, report: &mut Report) {
    let Known(name, place) = view.str(key) else { return };
    if !is_right(name) {
        report.add(Finding::at(place, format!("`{}` cannot be `{name}`", view.term(key))).help(help));
    }
}

fn is_ecs_name(name: &str) -> bool {
    name.len() <= 255 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn is_target_group_name(name: &str) -> bool {
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    letters && name.len() <= 32 && !name.starts_with('-') && !name.ends_with('-')
}
