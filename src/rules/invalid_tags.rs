//! See `rules/invalid-tags.md`.

use crate::diagnostic::{Change, Finding, Place, Safety};
use crate::project::{Kind, Project};
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::{List, View};

/// The most tags that a resource has.
const MOST: usize = 50;

/// Reports tags that AWS does not take.
pub fn check(project: &Project, report: &mut Report) {
    for kind in [Kind::Task, Kind::Service, Kind::Cluster] {
        for document in project.of(kind) {
            let view = project.view(document);
            // What AWS tells of a thing that is there has tags of AWS's own.
            let told = ["taskDefinitionArn", "serviceArn", "clusterArn"];
            if told.iter().all(|key| view.entry(key).is_none()) {
                // Terraform sends no empty list.
                if kind == Kind::Task && document.address.is_none() {
                    empty(view, report);
                }
                tags(view.list("tags"), report);
            }
        }
    }
}

fn empty(view: View, report: &mut Report) {
    if let Some(entry) = view.entry("tags").filter(|_| view.list("tags").is_empty()) {
        let finding = Finding::at(Place::key(entry), "`tags` is an empty list, which ECS refuses");
        // Some tools drop empty lists before AWS sees them.
        let finding = finding.help("remove `tags`, or add a tag").warning();
        report.add(finding.fix(Safety::Safe, "remove `tags`", vec![Change::remove(entry)]));
    }
}

fn tags(list: List, report: &mut Report) {
    let count = list.iter().count();
    if count > MOST {
        let finding =
            Finding::at(list.place(), format!("there are {count} tags, but a resource has at most {MOST}"));
        report.add(finding.help("remove some"));
    }
    for tag in list.objects() {
        key(tag).into_iter().chain(value(tag)).for_each(|finding| report.add(finding));
    }
    repeated(list, report);
}

fn key(tag: View) -> Option<Finding> {
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

fn value(tag: View) -> Option<Finding> {
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

fn repeated(list: List, report: &mut Report) {
    let mut seen: Vec<(&str, Place)> = Vec::new();
    for tag in list.objects() {
        let Known(key, place) = tag.str("key") else { continue };
        match seen.iter().find(|(known, _)| *known == key) {
            Some((_, first)) => report.add(
                Finding::at(place, format!("the tag `{key}` is given twice"))
                    .label(*first, "the first of them")
                    .help("remove one of the two"),
            ),
            None => seen.push((key, place)),
        }
    }
}
