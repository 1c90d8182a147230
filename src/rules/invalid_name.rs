//! See `rules/invalid-name.md`.

use super::prelude::*;
use super::support::names::is_name;
use crate::model::{Kind, ViolationKind};

/// Reports names that the API does not accept.
pub fn check(project: &Project, report: &mut Report) {
    for (_, violation) in project.violations() {
        let ViolationKind::Value { key, shape } = &violation.kind else { continue };
        let (Some(pattern), Some(name)) = (shape.pattern(), violation.node.as_str()) else { continue };
        if is_name(key, *shape) {
            let help = help(pattern, shape.limit("maxLength").unwrap_or(255));
            report.add(
                Finding::at(&violation.node, format!("invalid `{}` `{name}`", violation.called)).help(help),
            );
        }
    }
    for cluster in project.of(Kind::Cluster) {
        let name = project.view(cluster).field("clusterName");
        report.extend(wrong_name("cluster", name, is_ecs_name, CLUSTER));
    }
    for group in project.of(Kind::TargetGroup) {
        let name = project.view(group).field("Name");
        report.extend(wrong_name("target group", name, is_target_group_name, TARGET_GROUP));
    }
}

const CLUSTER: &str = "use at most 255 letters, digits, hyphens, and underscores";
const TARGET_GROUP: &str = "use at most 32 letters, digits, and hyphens; do not start or end with a hyphen";

fn help(pattern: &str, most: i64) -> String {
    if pattern.contains("A-Z") {
        format!("use at most {most} letters, digits, hyphens, and underscores")
    } else {
        format!(
            "use at most {most} lowercase letters, digits, underscores, and hyphens; do not start with a hyphen"
        )
    }
}

/// Reports an invalid name in a request for which there is no schema.
fn wrong_name(of: &str, field: Field, is_right: fn(&str) -> bool, help: &str) -> Option<Finding> {
    let (name, place) = field.str().known_at().filter(|(name, _)| !is_right(name))?;
    Some(Finding::at(place, format!("invalid {of} name `{name}`")).help(help))
}

fn is_ecs_name(name: &str) -> bool {
    name.len() <= 255 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn is_target_group_name(name: &str) -> bool {
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    letters && name.len() <= 32 && !name.starts_with('-') && !name.ends_with('-')
}
