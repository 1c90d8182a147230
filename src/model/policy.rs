//! IAM policy documents and the actions that they may allow. Unknown parts may allow anything.

use crate::diagnostic::Place;
use crate::value::{More, Node, NodeKind};
use crate::view::{Field, Value, View};

/// Returns `true` if a policy may allow an action on any resource, such as `secretsmanager:GetSecretValue`.
pub fn may_allow(policy: View, action: &str) -> bool {
    let Some(statements) = statements(policy) else { return true };
    let may = |statement: &View| allows(*statement) && any_matches(statement.field("Action"), action);
    statements.iter().any(may)
}

/// The other principals that a trust policy certainly trusts instead of a service, and their places; `None` if it may
/// trust the service.
pub fn trusts_others(policy: View<'_>, service: &str) -> Option<Vec<(String, Place)>> {
    let mut others = Vec::new();
    for statement in statements(policy)? {
        if !allows(statement) || !any_matches(statement.field("Action"), "sts:AssumeRole") {
            continue;
        }
        let principal = match statement.object("Principal") {
            Value::Known(principal, _) => principal,
            Value::Missing if statement.is_missing("NotPrincipal") => continue,
            Value::Unknown(_) | Value::Missing => return None,
        };
        if principal.node.as_object()?.more != More::No {
            return None;
        }
        for entry in &principal.node.as_object()?.entries {
            for named in texts(&entry.value)? {
                // `*` trusts everyone, and service principals have other names in other AWS partitions.
                let is_ours = named == "*" || (entry.key == "Service" && named.starts_with(service));
                if is_ours {
                    return None;
                }
                others.push((named.to_owned(), Place::from(&entry.value)));
            }
        }
    }
    Some(others)
}

/// The statements of a policy, one or a list; `None` unless all are known.
fn statements(policy: View<'_>) -> Option<Vec<View<'_>>> {
    policy.node.as_object()?;
    match policy.any("Statement") {
        Value::Known(statement, _) if statement.node.as_object().is_some() => Some(vec![statement]),
        Value::Known(list, _) => {
            let items = list.items();
            (list.node.as_array().is_some() && items.is_complete()).then(|| items.iter().collect())
        }
        Value::Unknown(_) => None,
        Value::Missing => Some(Vec::new()),
    }
}

/// Returns `true` if a statement may allow something, which is the case unless it denies.
fn allows(statement: View) -> bool {
    statement.str("Effect").known() != Some("Deny")
}

/// Returns `true` if a statement may apply to an action.
fn any_matches(actions: Field, action: &str) -> bool {
    match actions.any() {
        Value::Known(value, _) => {
            texts(value.node).is_none_or(|patterns| patterns.iter().any(|pattern| matches(pattern, action)))
        }
        // A statement with `NotAction` applies to most actions.
        Value::Unknown(_) | Value::Missing => true,
    }
}

/// The texts of a string or a list of strings; `None` unless all are known.
fn texts(node: &Node) -> Option<Vec<&str>> {
    match &node.kind {
        NodeKind::Array(array) if array.more == More::No => array.items.iter().map(Node::as_str).collect(),
        _ => node.as_str().map(|text| vec![text]),
    }
}

/// Matches a pattern with `*` and `?`, ignoring case.
fn matches(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_ascii_lowercase(), action.to_ascii_lowercase());
    let mut ends = vec![0];
    for wild in pattern.chars() {
        let mut next: Vec<usize> = Vec::new();
        for end in ends {
            let rest = &action[end..];
            match (wild, rest.chars().next()) {
                ('*', _) => next.extend(end..=action.len()),
                ('?', Some(_)) => next.push(end + 1),
                (letter, Some(first)) if letter == first => next.push(end + 1),
                _ => {}
            }
        }
        next.sort_unstable();
        next.dedup();
        ends = next;
    }
    ends.contains(&action.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_matched_as_iam_does() {
        assert!(matches("*", "ssm:GetParameters"));
        assert!(matches("ssm:Get*", "ssm:GetParameters"));
        assert!(matches("SSM:getparameter?", "ssm:GetParameters"));
        assert!(!matches("ssm:GetParameter", "ssm:GetParameters"));
        assert!(!matches("ssm:Put*", "ssm:GetParameters"));
    }
}
