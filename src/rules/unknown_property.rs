//! See `rules/unknown-property.md`.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::prelude::*;
use super::support::suggest;
use crate::address::ResourceId;
use crate::model::{Kind, Resource, Shape, SupportedBy, UnknownArgument, Violation, ViolationKind};
use crate::suggest::{camel_case, certain_match, join_or, nearest};
use crate::value::{Entry, More, Node, NodeKind};

/// Minimum number of properties in the naming style of another language to be reported as one finding.
const OTHER_DIALECT_THRESHOLD: usize = 3;

/// Minimum number of neighboring objects with the same property that are too many to list.
const MANY_PLACES: usize = 4;

/// Reports properties that the API does not have, and arguments that Terraform's AWS provider does not support.
pub fn check(project: &Project, report: &mut Report) {
    let mut misspelled: BTreeMap<(ResourceId, bool), Vec<&Entry>> = BTreeMap::new();
    let mut absent: BTreeMap<(ResourceId, &str), Vec<&'static str>> = BTreeMap::new();
    for (resource, violation) in project.violations() {
        match &violation.kind {
            ViolationKind::Unknown { entry, .. } if violation.embedded && is_repeated(resource, entry) => {}
            // Terraform decodes this text and does not send a comment to AWS. An empty value sets nothing anyway.
            ViolationKind::Unknown { entry, .. }
                if violation.embedded && (is_comment(entry) || sets_nothing(&entry.value)) => {}
            ViolationKind::Unknown { entry, shape } => {
                let owner = (violation.resource, violation.called.as_str());
                let absent = absent.entry(owner).or_insert_with(|| absent_members(violation, *shape));
                let found = unknown(resource, violation, entry, *shape, absent);
                report.add(if resource.traits.matches_keys_loosely { found.warning() } else { found })
            }
            ViolationKind::Misspelled { entry }
                if resource.traits.matches_keys_loosely && entry.written.eq_ignore_ascii_case(&entry.key) => {
            }
            // Each property has one name there, so that no other language is meant.
            ViolationKind::Misspelled { entry } if is_strict(violation) => {
                report.add(misspelling(entry, &name_of(violation, &entry.key)));
            }
            ViolationKind::Misspelled { entry } => {
                let key = (violation.resource, violation.fragment);
                misspelled.entry(key).or_default().push(entry);
            }
            _ => {}
        }
    }
    report.extend(project.unknown_arguments().map(no_argument));
    for ((_, is_fragment), mut entries) in misspelled {
        entries.sort_by_key(|entry| (entry.key_at.file, entry.key_at.start));
        let found = match entries.as_slice() {
            [first, .., last] if entries.len() >= OTHER_DIALECT_THRESHOLD => {
                vec![dialect(first, last, &entries)]
            }
            few => few.iter().map(|entry| misspelling(entry, &entry.key)).collect(),
        };
        let found = found.into_iter();
        report.extend(found.map(|finding| if is_fragment { finding.warning() } else { finding }));
    }
}

/// Whether a property that Terraform drops repeats a value that the resource sets.
fn is_repeated(resource: &Resource, entry: &Entry) -> bool {
    resource.request.get(&entry.key).is_some_and(|own| own.is_same(&entry.value))
}

/// Reports an unsupported argument: as an error only if it is certainly misspelled, because a newer provider may have it.
fn no_argument(unknown: &UnknownArgument) -> Finding {
    let UnknownArgument { entry, owner, .. } = unknown;
    let name = entry.written.as_str();
    let (message, source, newer) = match unknown.supported_by {
        SupportedBy::Provider(version) => (
            format!("unsupported argument `{name}` in `{owner}`"),
            format!("AWS provider up to version {version}"),
            "remove it, unless you use a newer version of the provider",
        ),
        SupportedBy::CloudFormation => (
            format!("unsupported property `{name}` in `{owner}`"),
            "according to CloudFormation's schemas".to_owned(),
            "remove it, unless CloudFormation supports it since a few months ago",
        ),
    };
    if let (Some(removal), SupportedBy::Provider(version)) = (unknown.removal, unknown.supported_by) {
        let major = version.split('.').next().unwrap_or_default();
        let help = match removal.instead {
            Some(instead) => format!("use {instead} instead"),
            None => format!("remove `{name}`, or use an older version of the provider"),
        };
        return Finding::at(
            entry.key_at,
            format!("{message}: version {major} of the AWS provider removed it"),
        )
        .label(removal.required_at, format!("version {major} is required here"))
        .help(help);
    }
    let guess = |message: String| Finding::at(entry.key_at, format!("{message} ({source})")).warning();
    if let Some(meant) = misspelled(unknown) {
        return suggest::key(Finding::at(entry.key_at, message), entry, meant, Safety::Safe);
    }
    match (unknown.block, &unknown.home, nearest(name, unknown.free.iter().copied())) {
        (Some(block), ..) => guess(message).help(format!("move it to `{block}`")),
        _ if unknown.is_outside => guess(message).help(format!("move it out of `{owner}`")),
        (None, Some(home), _) => guess(message).help(format!("move it to {home}")),
        (None, None, Some(near)) => suggest::key(guess(message), entry, near, Safety::Unsafe),
        (None, None, None) => guess(message).help(newer),
    }
}

/// Returns the argument that was certainly meant. A name that differs in a number is another argument, which a newer
/// provider may have.
fn misspelled(unknown: &UnknownArgument) -> Option<&'static str> {
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let free = unknown.free.iter().copied().filter(|name| digits(name) == digits(&unknown.entry.written));
    certain_match(&unknown.entry.written, free).filter(|_| unknown.block.is_none() && !unknown.is_outside)
}

fn misspelling(entry: &Entry, meant: &str) -> Finding {
    let finding = Finding::at(entry.key_at, format!("unknown property `{}`", entry.written));
    renamed(finding, entry, meant)
}

fn is_strict(violation: &Violation) -> bool {
    violation.node.as_object().is_some_and(|object| object.dialect.is_strict)
}

/// The name of a member in the language of the object.
fn name_of(violation: &Violation, member: &str) -> SmolStr {
    violation.node.as_object().map_or_else(|| member.into(), |object| (object.dialect.name_of)(member))
}

/// Reports many properties in the naming style of another language as one finding, with one fix for all.
fn dialect(first: &Entry, last: &Entry, entries: &[&Entry]) -> Finding {
    let (style, whose) = if first.written.contains('_') {
        ("snake_case", "Terraform")
    } else {
        ("PascalCase", "CloudFormation")
    };
    let count = entries.len();
    let finding = Finding::at(
        first.key_at,
        format!("`{}` and {} more properties are in {style}, as in {whose}", first.written, count - 1),
    )
    .label(last.key_at, "the last one")
    .help(format!("use camelCase, as the API does: `{}`", first.key));
    let changes = entries.iter().map(|entry| Change::rename(entry, entry.key.as_str()));
    finding.fix(Safety::Safe, format!("change {count} properties to camelCase"), changes)
}

/// The members that the object may have, but does not.
fn absent_members(violation: &Violation, shape: Shape) -> Vec<&'static str> {
    let entries = violation.node.as_object().into_iter().flat_map(|object| &object.entries);
    let present: BTreeSet<&str> = entries.map(|entry| entry.key.as_str()).collect();
    shape.members().map(|(key, _)| key).filter(|key| !present.contains(key)).collect()
}

fn unknown(
    resource: &Resource,
    violation: &Violation,
    entry: &Entry,
    shape: Shape,
    absent: &[&'static str],
) -> Finding {
    let owner = match (violation.called.as_str(), resource.kind) {
        ("", kind) => format!("the {}", kind.noun()),
        (called, _) => format!("`{called}`"),
    };
    let dropped = if violation.embedded { ", which Terraform drops" } else { "" };
    let finding =
        Finding::at(entry.key_at, format!("unknown property `{}` in {owner}{dropped}", entry.written));
    // Terraform, which often reads a fragment to create the request, drops the property too.
    let finding = if violation.embedded || violation.fragment { finding.warning() } else { finding };
    let near = nearest(&entry.key, absent.iter().copied());
    match (right_place(resource, entry, violation, shape), near) {
        (None, Some(near)) => renamed(finding, entry, &name_of(violation, near)),
        (Some(place), _) => finding.help(place),
        (None, None) => removed(finding, entry),
    }
}

/// Offers to remove a property that says nothing about the task or the service. Others may be the only trace of what their
/// author wanted.
fn removed(finding: Finding, entry: &Entry) -> Finding {
    let remove = format!("remove `{}`", entry.written);
    let reason = if is_comment(entry) { "; the API does not accept comments" } else { "" };
    let finding = finding.help(format!("{remove}{reason}"));
    if is_comment(entry) || is_empty(&entry.value) {
        finding.fix(Safety::Unsafe, remove, [Change::remove(entry)])
    } else {
        finding
    }
}

fn sets_nothing(value: &Node) -> bool {
    is_empty(value) || matches!(value.kind, NodeKind::Bool(false))
}

fn is_empty(value: &Node) -> bool {
    match &value.kind {
        NodeKind::Array(array) => array.items.is_empty() && array.more == More::No,
        NodeKind::Object(object) => object.entries.is_empty() && object.more == More::No,
        _ => value.is_missing(),
    }
}

/// Whether the key marks a comment, for which JSON has no syntax.
fn is_comment(entry: &Entry) -> bool {
    entry.key.starts_with(['_', '/', '#'])
}

fn renamed(finding: Finding, entry: &Entry, near: &str) -> Finding {
    let safety = if certain_match(&entry.written, [near]).is_some() { Safety::Safe } else { Safety::Unsafe };
    suggest::key(finding, entry, near, safety)
}

/// Returns a help that says where the property belongs: in a neighboring object or at the top level of a request.
fn right_place(resource: &Resource, entry: &Entry, violation: &Violation, shape: Shape) -> Option<String> {
    // Terraform's spelling is common in the containers of a Terraform resource. A comment begins with the separator.
    let is_respelled = violation.embedded && !is_comment(entry);
    let key = if is_respelled { camel_case(&entry.key) } else { entry.key.to_string() };
    // The name of a property begins with a capital letter where each has one name.
    let key = if is_strict(violation) { lower_first(&key) } else { key };
    let key = key.as_str();
    let named = |member: &str| name_of(violation, member);
    if let Some(place) = swapped(violation, entry, key) {
        return Some(place);
    }
    let has = |shape: Shape| shape.known(key).is_some();
    let inner = |shape: Shape| has(shape) || shape.item().is_some_and(has);
    let near = shape.members().filter(|(_, member)| inner(*member)).map(|(name, _)| name);
    let near: Vec<SmolStr> = near.take(MANY_PLACES).map(named).collect();
    match near.len() {
        0 => {}
        MANY_PLACES => return None,
        _ => return Some(format!("move it to {}", join_or(near.iter().map(SmolStr::as_str)))),
    }
    let is_one_of_two = matches!(resource.kind, Kind::Task | Kind::Service);
    if is_one_of_two && shape.is_of_other(key) {
        return Some(other_request(shape.request()).to_owned());
    }
    if shape.known("options").is_some() && !has(shape.request()) {
        return Some(format!("move log driver options to `{}`", named("options")));
    }
    let is_top = !violation.called.is_empty() && has(shape.request());
    let container = shape.request().known("containerDefinitions").and_then(|(_, list)| list.item());
    if !is_top && container.is_some_and(has) {
        return Some(format!("move it from `{}` to the container", violation.called));
    }
    match violation.embedded {
        true => is_top.then(|| format!("move it to the resource, as `{}`", resource.name_of(key))),
        false if violation.fragment && shape.request().known("containerDefinitions").is_some() => {
            is_top.then(|| "move it from the container to the task definition".to_owned())
        }
        false if shape.request().known("containerDefinitions").is_some() => {
            is_top.then(|| format!("move it to the top level, next to `{}`", named("containerDefinitions")))
        }
        false => is_top.then(|| "move it to the top level".to_owned()),
    }
}

/// The text with a small first letter.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

/// Returns a help for a property of a secret in an environment variable, or the reverse.
fn swapped(violation: &Violation, entry: &Entry, key: &str) -> Option<String> {
    let is_reference = entry.value.as_str().is_some_and(|value| value.starts_with("arn:"));
    let [secrets, environment] = ["secrets", "environment"].map(|member| name_of(violation, member));
    let list = violation.called.split('[').next()?;
    match key {
        "valueFrom" if list == environment => {
            Some(format!("move values that ECS reads from a secret to `{secrets}`, next to `{environment}`"))
        }
        "value" if list == secrets && is_reference => {
            Some(format!("use `{}` in `{secrets}`", name_of(violation, "valueFrom")))
        }
        "value" if list == secrets => {
            Some(format!("move plain values to `{environment}`, next to `{secrets}`"))
        }
        _ => None,
    }
}

fn other_request(shape: Shape) -> &'static str {
    match shape.known("containerDefinitions") {
        Some(_) => "move it to the service, which is a separate request",
        None => "move it to the task definition, which is a separate request",
    }
}
