//! See `rules/invalid-name.md`.

use super::prelude::*;
use super::support::names::is_name;
use crate::model::{Kind, ViolationKind};

/// Reports names that the API does not take.
pub fn check(project: &Project, report: &mut Report) {
    for (_, violation) in project.violations() {
        let ViolationKind::Value { key, shape } = &violation.kind else { continue };
        let (Some(pattern), Some(name)) = (shape.pattern(), violation.node.as_str()) else { continue };
        if is_name(key, *shape) {
            let help = help(pattern, shape.limit("maxLength").unwrap_or(255));
            report.add(
                Finding::at(&violation.node, format!("`{}` cannot be `{name}`", violation.called)).help(help),
            );
        }
    }
    for cluster in project.of(Kind::Cluster) {
        report.extend(wrong_name(project.view(cluster).field("clusterName"), is_ecs_name, CLUSTER));
    }
    for group in project.of(Kind::TargetGroup) {
        report.extend(wrong_name(project.view(group).field("Name"), is_target_group_name, TARGET_GROUP));
    }
}

const CLUSTER: &str = "use letters, digits, `-` and `_`, at most 255";
const TARGET_GROUP: &str = "use letters, digits and `-`, at most 32, with no `-` at either end";

fn help(pattern: &str, most: i64) -> String {
    if pattern.contains("A-Z") {
        format!("use letters, digits, `-` and `_`, at most {most}")
    } else {
        format!("use lowercase letters, digits, `_` and `-`, at most {most}, with no `-` at the start")
    }
}

/// A name of a request that has no schema here.
fn wrong_name(field: Field, is_right: fn(&str) -> bool, help: &str) -> Option<Finding> {
    let (name, place) = field.str().known_at().filter(|(name, _)| !is_right(name))?;
    Some(Finding::at(place, format!("`{field}` cannot be `{name}`")).help(help))
}

fn is_ecs_name(name: &str) -> bool {
    name.len() <= 255 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn is_target_group_name(name: &str) -> bool {
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    letters && name.len() <= 32 && !name.starts_with('-') && !name.ends_with('-')
}
