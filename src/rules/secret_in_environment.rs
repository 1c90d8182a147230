//! See `rules/secret-in-environment.md`.

use super::prelude::*;
use crate::model::Credential;

/// Reports credentials in plain text. No message contains their values.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        container.credentials().iter().for_each(|found| report.add(finding(container, found)));
    }
}

fn finding(container: Container, found: &Credential) -> Finding {
    let Credential { holder, what, .. } = found;
    let message = format!("{holder} of {} contains {what} in plain text", container.called());
    let term = container.view.field("secrets");
    Finding::at(found.place(), message)
        .help(format!("store it in Secrets Manager or Parameter Store, and refer to it in `{term}`"))
}
