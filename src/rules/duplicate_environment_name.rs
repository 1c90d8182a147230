//! See `rules/duplicate-environment-name.md`.

use super::prelude::*;
use super::support::duplicates;

/// Reports environment variables that are set twice.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let items = container.view.list("environment").objects();
        let named = items.filter_map(|item| {
            let (name, place) = item.str("name").known_at()?;
            Some((name, (place, item)))
        });
        report.extend(duplicates::by_key(named).map(|(name, (first_at, first), (place, again))| {
            let message = format!("{} sets the environment variable `{name}` twice", container.called());
            let finding = Finding::at(place, message).label(first_at, "first set here");
            if has_same_value(first, again) {
                let remove = [Change::remove_item(again.node)];
                let title = "remove the second definition, which has the same value";
                finding.help(title).fix(Safety::Safe, title, remove)
            } else {
                finding
                    .help("remove one of the two definitions; which of them takes effect is not documented")
            }
        }));
    }
}

fn has_same_value(first: View, again: View) -> bool {
    match (first.node.get("value"), again.node.get("value")) {
        (Some(first), Some(again)) => again.certainly_equals(first),
        _ => false,
    }
}
