//! See `rules/latest-tag.md`.

use super::prelude::*;
use crate::model::Version;

/// Reports images without a fixed version: those with the tag `latest` or no tag.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let Some(image) = container.image_name() else { continue };
        let why = match image.version() {
            Some(Version::Latest) => "has the tag `latest`",
            Some(Version::None) => "has no tag, which means `latest`",
            Some(Version::Chosen) | None => continue,
        };
        let message = format!(
            "the image of {} {why}: the version that runs depends on when the task starts",
            container.called()
        );
        report.add(Finding::at(image.place, message).help("use a tag that never moves, or a digest"));
    }
}
