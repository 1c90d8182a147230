//! See `rules/invalid-revision.md`.

use super::prelude::*;

/// Reports references to a task definition of an impossible form.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(text, place) = service.view.str("taskDefinition") else { continue };
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
                Finding::at(place, format!("`{name}` has too many colons"))
                    .help("write `family`, `family:revision` or an ARN"),
            );
        } else if !number {
            report.add(
                Finding::at(place, format!("`{revision}` is no revision of a task definition"))
                    .help("write a number, or leave the revision out: that means the newest"),
            );
        }
    }
}

/// A word in capitals is for something else to fill in.
fn is_placeholder(revision: &str) -> bool {
    revision.chars().any(|letter| letter.is_ascii_uppercase() || "<>{}$%_".contains(letter))
}
