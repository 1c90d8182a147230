//! See `rules/too-many-environment-files.md`.

use super::prelude::*;
use super::support::limit::first_beyond;

/// Maximum number of environment files of a container.
const MAX: usize = 10;

/// Reports containers with more environment files than ECS allows.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let files = container.view.list("environmentFiles");
        let Some((extra, count)) = first_beyond(files.iter(), MAX) else { continue };
        let message =
            format!("{} can have at most {MAX} environment files (got {count})", container.called());
        report.add(Finding::at(extra.heading("value"), message).help("combine several files into one"));
    }
}
