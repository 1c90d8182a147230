//! See `rules/invalid-policy-document.md`.

use super::prelude::*;
use super::support::duplicates;
use super::support::suggest;
use crate::model::{Form, Kind, identity};
use crate::suggest::nearest;
use crate::value::{Entry, Node, NodeKind, Part};

/// The elements of a statement.
const ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/// The policies that differ in the elements that they require.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PolicyOf {
    /// What a role allows and denies.
    Permissions,
    /// Who can assume a role.
    Trust,
}

/// Reports policy documents that IAM rejects.
pub fn check(project: &Project, report: &mut Report) {
    for role in project.of(Kind::Role) {
        let view = project.view(role);
        report.extend(faults(view.field("AssumeRolePolicyDocument"), PolicyOf::Trust));
        let inline = view.list("InlinePolicies");
        report.extend(inline.objects().flat_map(|policy| permissions(policy)));
    }
    for policy in project.of(Kind::RolePolicy).chain(project.of(Kind::Policy)) {
        report.extend(permissions(project.view(policy)));
    }
}

fn permissions(policy: View) -> Vec<Finding> {
    faults(policy.field("PolicyDocument"), PolicyOf::Permissions)
}

fn faults(document: Field, of: PolicyOf) -> Vec<Finding> {
    let Known(document, _) = document.object() else { return Vec::new() };
    let statements = statements(document);
    let mut found: Vec<Finding> = wrong_version(document).into_iter().collect();
    found.extend(repeated_sids(&statements));
    found.extend(
        statements.into_iter().filter(|it| is_spelled_as_usual(*it)).flat_map(|it| in_statement(it, of)),
    );
    found
}

fn statements(document: View) -> Vec<View> {
    match document.any("Statement") {
        Known(one, _) if one.node.as_object().is_some() => vec![one],
        Known(list, _) => list.items().objects().collect(),
        Unknown(_) | Missing => Vec::new(),
    }
}

fn wrong_version(document: View) -> Option<Finding> {
    const VERSIONS: [&str; 2] = ["2012-10-17", "2008-10-17"];
    let field = document.field("Version");
    let (version, at) = field.str().known_at().filter(|(version, _)| !VERSIONS.contains(version))?;
    let [now, before] = VERSIONS;
    let message = format!("invalid `{field}` `{version}` of a policy: expected `{now}` or `{before}`");
    Some(Finding::at(at, message).fix(Safety::Safe, format!("set `{field}` to `{now}`"), field.set(now)))
}

/// Returns `true` if no element is written with other capitals, which nothing here compares.
fn is_spelled_as_usual(statement: View) -> bool {
    let is_usual = |entry: &Entry| {
        ELEMENTS.iter().all(|element| !element.eq_ignore_ascii_case(&entry.key) || *element == entry.key)
    };
    statement.node.as_object().is_some_and(|object| object.entries.iter().all(is_usual))
}

fn in_statement(statement: View, of: PolicyOf) -> Vec<Finding> {
    let unknown = unknown_elements(statement);
    if !unknown.is_empty() {
        return unknown;
    }
    let mut found: Vec<Finding> =
        [wrong_effect(statement), wrong_sid(statement)].into_iter().flatten().collect();
    found.extend(missing_or_refused(statement, of));
    found
        .extend(["Principal", "NotPrincipal"].into_iter().flat_map(|key| unknown_principals(statement, key)));
    found.extend(unknown_operators(statement));
    for key in ["Action", "NotAction"] {
        found.extend(each(statement, key).filter_map(wrong_action));
    }
    for key in ["Resource", "NotResource"].into_iter().filter(|_| of == PolicyOf::Permissions) {
        found.extend(each(statement, key).filter_map(wrong_resource));
    }
    found
}

fn unknown_elements(statement: View) -> Vec<Finding> {
    let entries = statement.node.as_object().map_or(&[][..], |object| &object.entries);
    let unknown = entries.iter().filter(|entry| !ELEMENTS.contains(&entry.key.as_str()));
    let finding = |entry: &Entry| {
        let finding = Finding::at(
            Place::key(entry),
            format!("`{}` is not an element of a policy statement", entry.written),
        );
        match nearest(&entry.key, ELEMENTS) {
            Some(near) => suggest::key(finding, entry, near, Safety::Unsafe),
            None => finding.help(format!("remove `{}`", entry.written)),
        }
    };
    unknown.map(finding).collect()
}

fn wrong_effect(statement: View) -> Option<Finding> {
    const EFFECTS: [&str; 2] = ["Allow", "Deny"];
    let field = statement.field("Effect");
    let (effect, at) = field.str().known_at().filter(|(effect, _)| !EFFECTS.contains(effect))?;
    let finding = Finding::at(at, format!("invalid `{field}` `{effect}`: expected `Allow` or `Deny`"));
    Some(match nearest(effect, EFFECTS) {
        Some(near) => suggest::value(finding, field, near),
        None => finding,
    })
}

fn wrong_sid(statement: View) -> Option<Finding> {
    let field = statement.field("Sid");
    let is_wrong = |sid: &str| !sid.chars().all(|letter| letter.is_ascii_alphanumeric());
    let (sid, at) = field.str().known_at().filter(|(sid, _)| is_wrong(sid))?;
    let letters: String = sid.chars().filter(char::is_ascii_alphanumeric).collect();
    let message = format!("invalid `{field}` `{sid}`: IAM accepts only letters and digits");
    let change = field.set(letters.as_str()).filter(|_| !letters.is_empty());
    Some(Finding::at(at, message).fix(Safety::Unsafe, format!("set `{field}` to `{letters}`"), change))
}

fn repeated_sids<'a>(statements: &[View<'a>]) -> Vec<Finding> {
    let named = statements.iter().filter_map(|statement| statement.str("Sid").known_at());
    let repeated = duplicates::by_key(named).map(|(sid, first, at)| {
        let finding = Finding::at(at, format!("two statements of the policy have the `Sid` `{sid}`"));
        duplicates::label_first(finding, at, first).help("give each statement another `Sid`, or none")
    });
    repeated.collect()
}

/// Reports elements that the kind of policy requires, or does not support.
fn missing_or_refused(statement: View, of: PolicyOf) -> Vec<Finding> {
    let missing =
        |what: &str| Finding::at(statement.opening(), format!("the policy statement has no `{what}`"));
    let actions = statement.fields(["Action", "NotAction"]);
    let resources = statement.fields(["Resource", "NotResource"]);
    let principals = statement.fields(["Principal", "NotPrincipal"]);
    let mut found = Vec::new();
    if statement.is_missing("Effect") {
        found.push(missing("Effect"));
    }
    if are_missing(actions) {
        found.push(missing("Action"));
    }
    match of {
        PolicyOf::Permissions => {
            if are_missing(resources) {
                found.push(missing("Resource").help("set `Resource` to ARNs, or to `*`"));
            }
            let given = ["Principal", "NotPrincipal"].map(|key| statement.given(key));
            found.extend(refused(given, "the policy of a role"));
        }
        PolicyOf::Trust => {
            if are_missing(principals) {
                found.push(missing("Principal").help("set `Principal` to the service that assumes the role"));
            }
            let given = ["Resource", "NotResource"].map(|key| statement.given(key));
            found.extend(refused(given, "a trust policy"));
        }
    }
    found
}

fn are_missing(elements: [Field; 2]) -> bool {
    elements.into_iter().all(Field::is_missing)
}

fn refused(elements: [Option<&Entry>; 2], whose: &str) -> Option<Finding> {
    let written = elements.into_iter().flatten().next()?;
    let message = format!("`{}` is not supported in {whose}", written.written);
    Some(Finding::at(Place::key(written), message).help(format!("remove `{}`", written.written)))
}

/// Reports keys of a principal that are not kinds of principals.
fn unknown_principals(statement: View, key: &str) -> Vec<Finding> {
    const TYPES: [&str; 4] = ["AWS", "Service", "Federated", "CanonicalUser"];
    unknown_keys(statement, key, |name| TYPES.contains(&name), TYPES, "a type of principals")
}

/// Reports keys of a condition that are not operators.
fn unknown_operators(statement: View) -> Vec<Finding> {
    let is_known = |name: &str| {
        let of_sets = name.strip_prefix("ForAllValues:").or_else(|| name.strip_prefix("ForAnyValue:"));
        let plain = of_sets.unwrap_or(name);
        OPERATORS.contains(&plain.strip_suffix("IfExists").unwrap_or(plain))
    };
    unknown_keys(statement, "Condition", is_known, OPERATORS, "an operator of conditions")
}

/// The operators of conditions, without `IfExists` and without the prefixes for sets.
const OPERATORS: [&str; 27] = [
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
    "Bool",
    "BinaryEquals",
    "IpAddress",
    "NotIpAddress",
    "ArnEquals",
    "ArnNotEquals",
    "ArnLike",
    "ArnNotLike",
    "Null",
];

fn unknown_keys<const N: usize>(
    statement: View,
    key: &str,
    is_known: impl Fn(&str) -> bool,
    all: [&'static str; N],
    what: &str,
) -> Vec<Finding> {
    let object = statement.entry(key).and_then(|entry| entry.value.as_object());
    let entries = object.map_or(&[][..], |object| &object.entries);
    let unknown =
        entries.iter().filter(|entry| !all.iter().any(|known| known.eq_ignore_ascii_case(&entry.key)));
    let unknown = unknown.filter(|entry| !is_known(&entry.key));
    let finding = |entry: &Entry| {
        let finding = Finding::at(Place::key(entry), format!("`{}` is not {what}", entry.key));
        match nearest(&entry.key, all) {
            Some(near) => suggest::key(finding, entry, near, Safety::Unsafe),
            None => finding,
        }
    };
    unknown.map(finding).collect()
}

/// The values of an element: one, or those of a list.
fn each<'a>(statement: View<'a>, key: &str) -> impl Iterator<Item = &'a Node> + use<'a> {
    let value = statement.entry(key).map(|entry| &entry.value);
    let items = value.map_or(&[][..], |value| match value.as_array() {
        Some(array) => &array.items,
        None => std::slice::from_ref(value),
    });
    items.iter()
}

fn wrong_action(action: &Node) -> Option<Finding> {
    let text = action.as_str().filter(|text| *text != "*" && !text.contains([':', '$', '{', '<']))?;
    let message = format!("invalid action `{text}`: expected the prefix of a service, such as `s3:`");
    Some(Finding::at(action, message).help(format!("write the service before the action, as in `s3:{text}`")))
}

/// Reports a resource that is neither an ARN nor `*`.
fn wrong_resource(resource: &Node) -> Option<Finding> {
    let start = match &resource.kind {
        NodeKind::Text(text) => text.parts.first(),
        _ => None,
    };
    let named = match start {
        Some(Part::Unknown(why, at)) => identity(&Node::unknown(why.clone(), *at)),
        _ => identity(resource),
    };
    if let Some(named) = named.filter(|named| named.form.is_some_and(|form| form != Form::Arn)) {
        let message = format!("a resource of a policy must be an ARN or `*` (got {named})");
        return Some(Finding::at(resource, message).help("use the ARN"));
    }
    let text = resource.as_str().filter(|text| is_written_out(text) && !text.starts_with("arn:"))?;
    let message = format!("invalid resource `{text}` of a policy: expected an ARN or `*`");
    Some(Finding::at(resource, message).help("use the ARN of the resource, such as `arn:aws:s3:::bucket/*`"))
}

/// Returns `true` if a text is not `*`, a policy variable, or a placeholder.
fn is_written_out(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase() || first == '/')
        && !text.contains(['$', '<', '{'])
}
