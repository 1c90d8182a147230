//! See `rules/secret-in-environment.md`.

use std::collections::BTreeSet;

use super::prelude::*;
use crate::model::Credential;

/// Reports credentials in plain text. No message contains their values.
pub fn check(project: &Project, report: &mut Report) {
    let mut seen = BTreeSet::new();
    for container in project.containers() {
        for found in &container.credentials() {
            // Several containers may use one value.
            if seen.insert(found.place().span) {
                report.add(finding(container, found));
            }
        }
    }
}

fn finding(container: Container, found: &Credential) -> Finding {
    let Credential { holder, what, .. } = found;
    let message = format!("{holder} of {} contains {what} in plain text", container.called());
    let term = container.view.field("secrets");
    Finding::at(found.place(), message)
        .help(format!("store it in Secrets Manager or Parameter Store, and refer to it in `{term}`"))
}
