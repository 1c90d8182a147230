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
        report.extend(wrong_name("cluster name", name, is_ecs_name, CLUSTER));
    }
    for group in project.of(Kind::TargetGroup) {
        let name = project.view(group).field("Name");
        report.extend(wrong_name("target group name", name, is_target_group_name, TARGET_GROUP));
    }
    for (kind, key, what, is_right, help) in OTHERS {
        for resource in project.of(*kind) {
            report.extend(wrong_name(what, project.view(resource).field(key), *is_right, help));
        }
    }
}

/// A name in a request of another service: the kind, the member, the noun, the test, and the help.
type Other = (Kind, &'static str, &'static str, fn(&str) -> bool, &'static str);

const OTHERS: &[Other] = &[
    (
        Kind::Role,
        "RoleName",
        "role name",
        |name| is_iam_name(name, 64),
        "use at most 64 letters, digits, and `+=,.@_-`",
    ),
    (
        Kind::InstanceProfile,
        "InstanceProfileName",
        "instance profile name",
        |name| is_iam_name(name, 128),
        IAM,
    ),
    (Kind::Policy, "PolicyName", "policy name", |name| is_iam_name(name, 128), IAM),
    (Kind::RolePolicy, "PolicyName", "policy name", |name| is_iam_name(name, 128), IAM),
    (
        Kind::LogGroup,
        "logGroupName",
        "log group name",
        |name| has_only(name, "-._/#", 512),
        "use at most 512 letters, digits, and `-._/#`",
    ),
    (
        Kind::Repository,
        "repositoryName",
        "repository name",
        is_repository_name,
        "use 2 to 256 lowercase letters and digits, with single `-`, `_`, `.`, or `/` between them",
    ),
    (
        Kind::Parameter,
        "Name",
        "parameter name",
        is_parameter_name,
        "use letters, digits, and `-._/`; do not start with `aws` or `ssm`",
    ),
    (
        Kind::Secret,
        "Name",
        "secret name",
        |name| has_only(name, "/_+=.@-", 512),
        "use at most 512 letters, digits, and `/_+=.@-`",
    ),
    (
        Kind::SecurityGroup,
        "GroupName",
        "security group name",
        |name| has_only(name, IN_GROUPS, 255) && !name.starts_with("sg-"),
        "use at most 255 ASCII letters, digits, spaces, and `._-:/()#,@[]+=&;{}!$*`; do not start with `sg-`",
    ),
    (
        Kind::SecurityGroup,
        "GroupDescription",
        "security group description",
        |name| has_only(name, IN_GROUPS, 255),
        "use at most 255 ASCII letters, digits, spaces, and `._-:/()#,@[]+=&;{}!$*`",
    ),
];

const IAM: &str = "use at most 128 letters, digits, and `+=,.@_-`";

/// What EC2 accepts in names and descriptions of security groups, besides letters and digits.
const IN_GROUPS: &str = " ._-:/()#,@[]+=&;{}!$*";

fn has_only(name: &str, others: &str, most: usize) -> bool {
    name.len() <= most && name.chars().all(|letter| letter.is_ascii_alphanumeric() || others.contains(letter))
}

fn is_iam_name(name: &str, most: usize) -> bool {
    has_only(name, "+=,.@_-", most)
}

fn is_repository_name(name: &str) -> bool {
    let is_separator = |letter: char| "-_./".contains(letter);
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    // Two underscores and several hyphens are separators, too.
    let mut words = name.split(is_separator).filter(|word| !word.is_empty());
    (2..=256).contains(&name.len())
        && words.all(is_word)
        && !name.starts_with(is_separator)
        && !name.ends_with(is_separator)
}

fn is_parameter_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_reserved = ["aws", "ssm", "/aws/"].iter().any(|start| lower.starts_with(start));
    has_only(name, "-._/", 2048) && !is_reserved
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
fn wrong_name(what: &str, field: Field, is_right: fn(&str) -> bool, help: &str) -> Option<Finding> {
    let (name, place) = field.str().known_at().filter(|(name, _)| !is_right(name))?;
    Some(Finding::at(place, format!("invalid {what} `{name}`")).help(help))
}

fn is_ecs_name(name: &str) -> bool {
    name.len() <= 255 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn is_target_group_name(name: &str) -> bool {
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    letters && name.len() <= 32 && !name.starts_with('-') && !name.ends_with('-')
}
