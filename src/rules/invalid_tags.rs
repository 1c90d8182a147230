//! See `rules/invalid-tags.md`.

use super::prelude::*;
use super::support::duplicates;
use super::support::limit::first_beyond;
use crate::model::Kind;

/// The most tags that a resource has.
const MAX: usize = 50;

/// Reports tags that AWS does not take.
pub fn check(project: &Project, report: &mut Report) {
    for kind in [Kind::Task, Kind::Service, Kind::Cluster] {
        for resource in project.of(kind) {
            let view = project.view(resource);
            // What AWS tells of a thing that is there has tags of AWS's own.
            let arns = view.fields(["taskDefinitionArn", "serviceArn", "clusterArn"]);
            if arns.into_iter().any(|arn| arn.entry().is_some()) {
                continue;
            }
            // Terraform sends no empty list.
            if kind == Kind::Task && !resource.traits.adapts_requests {
                report.extend(empty(view.field("tags")));
            }
            let tags = view.list("tags");
            report.extend(too_many(tags));
            report.extend(tags.objects().flat_map(|tag| [wrong_key(tag), wrong_value(tag)]));
            let keys = tags.objects().filter_map(|tag| tag.str("key").known_at());
            report.extend(duplicates::by_key(keys).map(|(key, first, again)| {
                Finding::at(again, format!("the tag `{key}` is given twice"))
                    .label(first, "the first of them")
                    .help("remove one of the two")
            }));
        }
    }
}

fn empty(tags: Field) -> Option<Finding> {
    let entry = tags.entry().filter(|_| tags.list().is_empty())?;
    Some(
        Finding::at(Place::key(entry), "`tags` is an empty list, which ECS refuses")
            .help("remove `tags`, or add a tag")
            .fix(Safety::Safe, "remove `tags`", tags.remove())
            // Some tools drop empty lists before AWS sees them.
            .warning(),
    )
}

fn too_many(tags: List) -> Option<Finding> {
    let (_, count) = first_beyond(tags.iter(), MAX)?;
    let message = format!("there are {count} tags, but a resource has at most {MAX}");
    Some(Finding::at(tags.place(), message).help("remove some"))
}

fn wrong_key(tag: View) -> Option<Finding> {
    let Known(key, place) = tag.str("key") else { return None };
    let finding = |message: String| Some(Finding::at(place, message));
    match (key.chars().count(), refused(key)) {
        (129.., _) => {
            finding(format!("the tag's key is {} characters long; 128 are the most", key.chars().count()))
        }
        (_, Some(wrong)) => finding(format!("the tag `{key}` has a `{wrong}` in its key, which AWS refuses")),
        _ if key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:")) => {
            finding(format!("the tag `{key}` begins with `aws:`, which only AWS's own tags do"))
        }
        _ => None,
    }
}

fn wrong_value(tag: View) -> Option<Finding> {
    let (Known(key, _), Known(value, place)) = (tag.str("key"), tag.str("value")) else { return None };
    match (value.chars().count(), refused(value)) {
        (length @ 257.., _) => Some(Finding::at(
            place,
            format!("the value of tag `{key}` is {length} characters long; 256 are the most"),
        )),
        (_, Some(wrong)) => Some(Finding::at(
            place,
            format!("the value of tag `{key}` has a `{wrong}` in it, which AWS refuses"),
        )),
        _ => None,
    }
}

/// The first character that tags do not have (ECS API, `TagKey`).
fn refused(text: &str) -> Option<char> {
    text.chars().find(|c| !(c.is_alphanumeric() || c.is_whitespace() || "_.:/=+-@".contains(*c)))
}
