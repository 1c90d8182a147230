//! See `rules/too-many-environment-files.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;

/// The most environment files of a container.
const MOST: usize = 10;

/// Reports containers with more environment files than ECS takes.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        let files = container.view.list("environmentFiles");
        let count = files.iter().count();
        if let Some(extra) = files.iter().nth(MOST) {
            let message =
                format!("{} has {count} environment files, but can have {MOST}", container.called());
            report.add(
                Finding::at(extra.heading("value"), message).help("put variables of several files into one"),
            );
        }
    }
}
