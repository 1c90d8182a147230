//! See `rules/secret-name-conflict.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Container;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports secrets whose names are taken.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        let variables = names(container, "environment");
        let secrets = names(container, "secrets");
        for (index, (name, place)) in secrets.iter().enumerate() {
            let twin = |(other, _): &&(&str, Place)| other == name;
            if let Some((_, first)) = secrets[..index].iter().find(twin) {
                report.add(
                    Finding::at(*place, format!("{} has two secrets named `{name}`", container.called()))
                        .label(*first, "the first of them")
                        .help("remove one of the two"),
                );
            } else if let Some((_, variable)) = variables.iter().find(twin) {
                report.add(
                    Finding::at(
                        *place,
                        format!("{} has both a secret and a variable named `{name}`", container.called()),
                    )
                    .label(*variable, "the environment variable")
                    .help("remove the environment variable; the secret sets one of that name"),
                );
            }
        }
    }
}

fn names<'a>(container: Container<'a>, list: &str) -> Vec<(&'a str, Place)> {
    let items = container.view.list(list).objects();
    let named = items.filter_map(|item| match item.str("name") {
        Known(name, place) => Some((name, place)),
        _ => None,
    });
    named.collect()
}
