//! The roles of a task definition: finds values that certainly are not roles.

use crate::model::reference::ref_kind;
use crate::resource::{Kind, RefKind};
use crate::value::{Node, NodeKind, Unknown};

/// Resources whose ARNs are mistaken for role ARNs, with their names in messages.
const RESOURCES: [(RefKind, &str); 4] = [
    (RefKind::Request(Kind::Policy), "a policy"),
    (RefKind::Request(Kind::InstanceProfile), "an instance profile"),
    (RefKind::User, "a user"),
    (RefKind::Group, "a group"),
];

/// IAM resources other than roles, as spelled in ARNs, with their names in messages.
const KINDS: [(&str, &str); 6] = [
    ("policy/", "a policy"),
    ("instance-profile/", "an instance profile"),
    ("user/", "a user"),
    ("group/", "a group"),
    ("assumed-role/", "an assumed-role session"),
    ("root", "the account's root user"),
];

/// Why a value certainly is not a role, such as "is a policy"; `None` if it may be one. A role name is accepted, and so
/// is an ARN with a placeholder for the account.
pub fn not_a_role(node: &Node) -> Option<String> {
    if let NodeKind::Unknown(why) = &node.kind {
        return reference(why);
    }
    let whole = node.as_str().is_some();
    let start = node.known_start();
    if !start.starts_with("arn:") {
        return not_a_name(node.as_str()?);
    }
    // After a placeholder, as in `arn:aws:iam::${ACCOUNT}:policy/web`.
    let end = node.known_end();
    if let Some(what) = end.strip_prefix(':').and_then(other_kind) {
        return Some(format!("is {what}"));
    }
    // Only a field followed by a colon is fully known.
    let fields: Vec<&str> = start.splitn(6, ':').collect();
    let closed = |index: usize| fields.get(index).filter(|_| whole || index + 1 < fields.len());
    match closed(2) {
        Some(&"iam") => {}
        Some(&"sts") => return Some("is not an IAM ARN".to_owned()),
        Some(_) if whole => return Some("is not an IAM ARN".to_owned()),
        _ => return whole.then(|| "is an incomplete ARN".to_owned()),
    }
    if closed(3).is_some_and(|region| !region.is_empty()) {
        return Some("contains a Region, which role ARNs do not have".to_owned());
    }
    let resource = fields.get(5).copied().unwrap_or_default();
    if let Some(what) = other_kind(resource) {
        return Some(format!("is {what}"));
    }
    let account = closed(4).copied();
    match account {
        Some("aws") => return Some("has `aws` in place of an account ID".to_owned()),
        Some(account) if is_wrong_number(account) => {
            return Some(format!("has account ID `{account}`, which must have 12 digits"));
        }
        _ => {}
    }
    let named = resource.strip_prefix("role/").is_some_and(|name| !name.is_empty());
    (whole && !named).then(|| "does not end in `role/` and a role name".to_owned())
}

fn other_kind(resource: &str) -> Option<&'static str> {
    KINDS.iter().find(|(kind, _)| resource.starts_with(kind)).map(|(_, what)| *what)
}

fn reference(why: &Unknown) -> Option<String> {
    let Unknown::Attribute { of, attribute } = why else { return None };
    let named = ref_kind(of)?;
    let (_, what) = RESOURCES.iter().find(|(kind, _)| named == *kind)?;
    matches!(attribute.as_str(), "arn" | "id").then(|| format!("is {what}"))
}

/// Letters in place of the account are a placeholder for a person or a script to replace.
fn is_wrong_number(account: &str) -> bool {
    let digits = account.chars().all(|c| c.is_ascii_digit() || c == '-');
    // One digit again and again is a placeholder, as is no account at all.
    let is_placeholder = account.chars().all(|c| account.starts_with(c));
    digits && !is_placeholder && account.len() != 12
}

fn not_a_name(name: &str) -> Option<String> {
    let wrong = name.chars().find(|c| !(c.is_ascii_alphanumeric() || "_+=,.@-/".contains(*c)))?;
    Some(format!("is neither an ARN nor a valid role name: role names cannot contain `{wrong}`"))
}
