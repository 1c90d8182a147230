//! See `rules/invalid-revision.md`.

use super::prelude::*;

/// Reports invalid references to a task definition.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(text, place) = service.view.id("taskDefinition") else { continue };
        let name = match text.strip_prefix("arn:") {
            Some(rest) => match rest.split_once(":task-definition/") {
                Some((_, name)) => name,
                None => continue,
            },
            None => text,
        };
        let mut parts = name.split(':').skip(1);
        let (revision, more) = (parts.next(), parts.next());
        let Some(revision) = revision.filter(|revision| !is_placeholder(revision)) else { continue };
        let number = revision.parse::<u32>().is_ok_and(|number| number > 0);
        if more.is_some() {
            report.add(
                Finding::at(place, format!("invalid task definition `{name}`: too many colons"))
                    .help("use `family`, `family:revision`, or an ARN"),
            );
        } else if !number {
            report.add(
                Finding::at(
                    place,
                    format!("invalid task definition revision `{revision}`: expected a number"),
                )
                .help("use a revision number, or omit the revision to use the latest one"),
            );
        }
    }
}

/// Whether the revision is a placeholder, such as a word in capital letters.
fn is_placeholder(revision: &str) -> bool {
    revision.chars().any(|letter| letter.is_ascii_uppercase() || "<>{}$%_".contains(letter))
}
