//! See `rules/secret-name-conflict.md`.

use super::prelude::*;

/// Reports secrets that share a name with another secret or with an environment variable of the container.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let [variables, secrets] = container.view.fields(["environment", "secrets"]).map(names);
        for (index, (name, place)) in secrets.iter().enumerate() {
            if let Some(first) = named(&secrets[..index], name) {
                report.add(
                    Finding::at(*place, format!("{} has two secrets named `{name}`", container.called()))
                        .label(first, "the first secret")
                        .help("remove or rename one of them"),
                );
            } else if let Some(variable) = named(&variables, name) {
                report.add(
                    Finding::at(
                        *place,
                        format!(
                            "{} has both a secret and an environment variable named `{name}`",
                            container.called()
                        ),
                    )
                    .label(variable, "the environment variable")
                    .help("remove the environment variable; the secret already sets one with that name"),
                );
            }
        }
    }
}

fn names(list: Field<'_>) -> Vec<(&str, Place)> {
    list.list().objects().filter_map(|item| item.str("name").known_at()).collect()
}

fn named(items: &[(&str, Place)], name: &str) -> Option<Place> {
    items.iter().find(|(other, _)| *other == name).map(|(_, place)| *place)
}
