//! See `rules/duplicate-environment-name.md`.

use crate::diagnostic::{Change, Finding, Place, Safety};
use crate::model::Container;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// Reports environment variables that are set twice.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        repeated(container, report);
    }
}

fn repeated(container: Container, report: &mut Report) {
    let mut seen: Vec<(&str, Place, View)> = Vec::new();
    for item in container.view.list("environment").objects() {
        let Known(name, place) = item.str("name") else { continue };
        let Some((_, first, other)) = seen.iter().find(|(known, ..)| *known == name) else {
            seen.push((name, place, item));
            continue;
        };
        let message = format!("{} sets the variable `{name}` twice", container.called());
        let finding = Finding::at(place, message).label(*first, "the first time");
        let values = (item.node.get("value"), other.node.get("value"));
        let same = matches!(values, (Some(one), Some(other)) if one.certainly_equals(other));
        report.add(match same {
            true => finding.help("remove one of the two").fix(
                Safety::Safe,
                "remove the second, which is the same",
                vec![Change::remove_item(item.node)],
            ),
            false => finding.help("remove one of the two; which of them counts is not said anywhere"),
        });
    }
}
