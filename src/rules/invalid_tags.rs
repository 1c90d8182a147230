//! See `rules/invalid-tags.md`.

use super::prelude::*;
use super::support::duplicates;
use super::support::limit::first_beyond;
use crate::model::Kind;

/// The maximum number of tags of a resource.
const MAX: usize = 50;

/// The requests of ECS with tags.
const KINDS: &[Kind] = &[
    Kind::Task,
    Kind::DaemonTask,
    Kind::Daemon,
    Kind::Service,
    Kind::ExpressService,
    Kind::Gateway,
    Kind::Cluster,
    Kind::CapacityProvider,
];

/// Reports tags that AWS does not accept.
pub fn check(project: &Project, report: &mut Report) {
    for kind in KINDS {
        for resource in project.of(*kind) {
            let view = project.view(resource);
            // A description of an existing resource can have tags that AWS created.
            let arns = view.fields(["taskDefinitionArn", "serviceArn", "clusterArn"]);
            if arns.into_iter().any(|arn| arn.entry().is_some()) {
                continue;
            }
            // Terraform does not send empty lists.
            if *kind == Kind::Task && !resource.traits.adapts_requests {
                report.extend(empty(view.field("tags")));
            }
            let tags = view.list("tags");
            report.extend(too_many(tags));
            report.extend(tags.objects().flat_map(|tag| [wrong_key(tag), wrong_value(tag)]));
            let keys = tags.objects().filter_map(|tag| tag.str("key").known_at());
            report.extend(duplicates::by_key(keys).map(|(key, first, again)| {
                Finding::at(again, format!("duplicate tag key `{key}`"))
                    .label(first, "first used here")
                    .help("remove one of the tags")
            }));
        }
    }
}

fn empty(tags: Field) -> Option<Finding> {
    let entry = tags.entry().filter(|_| tags.list().is_empty())?;
    Some(
        Finding::at(Place::key(entry), format!("`{tags}` is an empty list, which ECS does not accept"))
            .help(format!("remove `{tags}`, or add a tag"))
            .fix(Safety::Safe, format!("remove `{tags}`"), tags.remove())
            // Some tools remove empty lists from the request.
            .warning(),
    )
}

fn too_many(tags: List) -> Option<Finding> {
    let (_, count) = first_beyond(tags.iter(), MAX)?;
    let message = format!("a resource can have at most {MAX} tags (got {count})");
    Some(Finding::at(tags.place(), message).help("remove the extra tags"))
}

fn wrong_key(tag: View) -> Option<Finding> {
    let Known(key, place) = tag.str("key") else { return None };
    let finding = |message: String| Some(Finding::at(place, message));
    match (key.chars().count(), refused(key)) {
        (129.., _) => {
            finding(format!("a tag key can have at most 128 characters (got {})", key.chars().count()))
        }
        (_, Some(wrong)) => finding(format!("tag key `{key}` contains the invalid character `{wrong}`")),
        _ if key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:")) => {
            finding(format!("tag key `{key}` starts with `aws:`, which is reserved for AWS"))
        }
        _ => None,
    }
}

fn wrong_value(tag: View) -> Option<Finding> {
    let (Known(key, _), Known(value, place)) = (tag.str("key"), tag.str("value")) else { return None };
    match (value.chars().count(), refused(value)) {
        (length @ 257.., _) => Some(Finding::at(
            place,
            format!("the value of tag `{key}` can have at most 256 characters (got {length})"),
        )),
        (_, Some(wrong)) => Some(Finding::at(
            place,
            format!("the value of tag `{key}` contains the invalid character `{wrong}`"),
        )),
        _ => None,
    }
}

/// Returns the first character that is not allowed in tags (ECS API, `TagKey`).
fn refused(text: &str) -> Option<char> {
    text.chars().find(|c| !(c.is_alphanumeric() || c.is_whitespace() || "_.:/=+-@".contains(*c)))
}
