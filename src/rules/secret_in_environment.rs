//! See `rules/secret-in-environment.md`.

use crate::diagnostic::Finding;
use crate::model::{Container, Credential};
use crate::project::Project;
use crate::rules::Report;

/// Reports credentials in plain text. What they are is never said.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        container.credentials().iter().for_each(|found| report.add(finding(container, found)));
    }
}

fn finding(container: Container, found: &Credential) -> Finding {
    let Credential { holder, what, .. } = found;
    let message = format!("{holder} of {} is given {what} in plain text", container.called());
    let term = container.view.term("secrets");
    Finding::at(found.place(), message)
        .help(format!("keep it in Secrets Manager or Parameter Store, and name that in `{term}`"))
}
