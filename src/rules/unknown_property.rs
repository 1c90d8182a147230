//! See `rules/unknown-property.md`.

use std::collections::BTreeMap;

use super::prelude::*;
use super::support::suggest;
use crate::address::ResourceId;
use crate::model::{Kind, Resource, Shape, UnknownArgument, Violation, ViolationKind};
use crate::suggest::{certain_match, nearest};
use crate::value::Entry;

/// From this many keys in another spelling on, they are one mistake.
const OTHER_DIALECT_THRESHOLD: usize = 3;

/// Reports keys that the API does not have.
pub fn check(project: &Project, report: &mut Report) {
    let mut misspelled: BTreeMap<(ResourceId, bool), Vec<&Entry>> = BTreeMap::new();
    for (resource, violation) in project.violations() {
        match &violation.kind {
            ViolationKind::Unknown { entry, .. } if violation.embedded && is_repeated(resource, entry) => {}
            // Of the text that Terraform reads, a comment never reaches AWS.
            ViolationKind::Unknown { entry, .. } if violation.embedded && is_comment(entry) => {}
            ViolationKind::Unknown { entry, shape } => {
                report.add(unknown(resource, violation, entry, *shape))
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
            few => few.iter().map(|entry| misspelling(entry)).collect(),
        };
        let found = found.into_iter();
        report.extend(found.map(|finding| if is_fragment { finding.warning() } else { finding }));
    }
}

/// Whether a key that Terraform drops only says again what the resource says.
fn is_repeated(resource: &Resource, entry: &Entry) -> bool {
    resource.request.get(&entry.key).is_some_and(|own| own.is_same(&entry.value))
}

/// A newer provider may have what ours has not, so it is an error only where it is certain what was meant.
fn no_argument(unknown: &UnknownArgument) -> Finding {
    let UnknownArgument { entry, owner, version, .. } = unknown;
    let name = entry.written.as_str();
    let message = format!("`{name}` is no argument or block of `{owner}`");
    let guess = |message: String| {
        Finding::at(entry.key_at, format!("{message} in the AWS provider up to {version}")).warning()
    };
    if let Some(meant) = misspelled(unknown) {
        return suggest::key(Finding::at(entry.key_at, message), entry, meant, Safety::Safe);
    }
    match (unknown.block, nearest(name, unknown.free.iter().copied())) {
        (Some(block), _) => guess(message).help(format!("it belongs in `{block}`")),
        _ if unknown.is_outside => guess(message).help(format!("it belongs outside of `{owner}`")),
        (None, Some(near)) => suggest::key(guess(message), entry, near, Safety::Unsafe),
        (None, None) => guess(message).help("remove it, unless your provider is newer"),
    }
}

/// What was certainly meant. What differs in a number alone is another thing, which a newer provider may have.
fn misspelled(unknown: &UnknownArgument) -> Option<&'static str> {
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let free = unknown.free.iter().copied().filter(|name| digits(name) == digits(&unknown.entry.written));
    certain_match(&unknown.entry.written, free).filter(|_| unknown.block.is_none() && !unknown.is_outside)
}

fn misspelling(entry: &Entry) -> Finding {
    let finding = Finding::at(entry.key_at, format!("`{}` is no key of the API", entry.written));
    renamed(finding, entry, &entry.key)
}

/// Many keys, all in another language's spelling: one finding, and one edit for all.
fn dialect(first: &Entry, last: &Entry, entries: &[&Entry]) -> Finding {
    let (style, whose) = if first.written.contains('_') {
        ("snake_case", "Terraform")
    } else {
        ("PascalCase", "CloudFormation")
    };
    let count = entries.len();
    let finding = Finding::at(
        first.key_at,
        format!("`{}` and {} more keys are in {style}, as {whose} has them", first.written, count - 1),
    )
    .label(last.key_at, "the last of them")
    .help(format!("the API spells them in camelCase: `{}`", first.key));
    let changes = entries.iter().map(|entry| Change::rename(entry, entry.key.as_str()));
    finding.fix(Safety::Safe, format!("spell {count} keys in camelCase"), changes)
}

fn unknown(resource: &Resource, violation: &Violation, entry: &Entry, shape: Shape) -> Finding {
    let owner = match (violation.called.as_str(), resource.kind) {
        ("", Kind::Task) => "a task definition".to_owned(),
        ("", _) => "a service".to_owned(),
        (called, _) => format!("`{called}`"),
    };
    let dropped = if violation.embedded { ", so Terraform drops it" } else { "" };
    let finding = Finding::at(entry.key_at, format!("`{}` is no key of {owner}{dropped}", entry.written));
    // Terraform, which often makes the request of a fragment, drops the key too.
    let finding = if violation.embedded || violation.fragment { finding.warning() } else { finding };
    let absent = shape.members().map(|(key, _)| key).filter(|key| violation.node.entry(key).is_none());
    match (right_place(resource, entry, violation, shape), nearest(&entry.key, absent)) {
        (None, Some(near)) => renamed(finding, entry, near),
        (Some(place), _) => finding.help(place),
        (None, None) => {
            let help = if is_comment(entry) { "remove it; the API takes no comments" } else { "remove it" };
            finding.help(help).fix(
                Safety::Unsafe,
                format!("remove `{}`", entry.written),
                [Change::remove(entry)],
            )
        }
    }
}

/// Whether a key says that it is one, as JSON has no other way to say it.
fn is_comment(entry: &Entry) -> bool {
    entry.key.starts_with(['_', '/', '#'])
}

fn renamed(finding: Finding, entry: &Entry, near: &str) -> Finding {
    let safety = if certain_match(&entry.written, [near]).is_some() { Safety::Safe } else { Safety::Unsafe };
    suggest::key(finding, entry, near, safety)
}

/// Where the key belongs, if it is one of an object beside it or of the whole request.
fn right_place(resource: &Resource, entry: &Entry, violation: &Violation, shape: Shape) -> Option<String> {
    let key = entry.key.as_str();
    if let Some(place) = swapped(entry, &violation.called) {
        return Some(place.to_owned());
    }
    let has = |shape: Shape| shape.known(key).is_some();
    let inner = |shape: Shape| has(shape) || shape.item().is_some_and(has);
    let mut near = shape.members().filter(|(_, member)| inner(*member)).map(|(name, _)| name);
    match (near.next(), near.next()) {
        (Some(name), None) => return Some(format!("it belongs in `{name}`")),
        (Some(_), Some(_)) => return None,
        _ => {}
    }
    if violation.called.is_empty() && shape.is_of_other(key) {
        return Some(other_request(shape).to_owned());
    }
    if shape.known("options").is_some() && !has(shape.request()) {
        return Some("options of the driver belong in `options`".to_owned());
    }
    let is_top = !violation.called.is_empty() && has(shape.request());
    match violation.embedded {
        true => is_top.then(|| format!("it belongs to the resource, as `{}`", resource.name_of(key))),
        false if violation.fragment && shape.request().known("containerDefinitions").is_some() => {
            is_top.then(|| "it belongs to the task definition, not to a container".to_owned())
        }
        false => {
            is_top.then(|| "it belongs at the top of the request, beside `containerDefinitions`".to_owned())
        }
    }
}

/// What a key of a variable's says in a secret, or the other way round.
fn swapped(entry: &Entry, called: &str) -> Option<&'static str> {
    let is_reference = entry.value.as_str().is_some_and(|value| value.starts_with("arn:"));
    match (entry.key.as_str(), called.split('[').next()?) {
        ("valueFrom", "environment") => {
            Some("what ECS is to read belongs in `secrets`, beside `environment`")
        }
        ("value", "secrets") if is_reference => Some("secrets have `valueFrom`"),
        ("value", "secrets") => Some("plain values belong in `environment`, beside `secrets`"),
        _ => None,
    }
}

fn other_request(shape: Shape) -> &'static str {
    match shape.known("containerDefinitions") {
        Some(_) => "it belongs to the service, which has a request of its own",
        None => "it belongs to the task definition, which has a request of its own",
    }
}
