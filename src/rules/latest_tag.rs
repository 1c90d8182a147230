//! See `rules/latest-tag.md`.

use super::prelude::*;
use crate::model::Version;

/// Reports images that are another tomorrow.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let Some(image) = container.image_name() else { continue };
        let why = match image.version() {
            Some(Version::Latest) => "asks for the tag `latest`",
            Some(Version::None) => "asks for no tag, which means `latest`",
            Some(Version::Chosen) | None => continue,
        };
        let message =
            format!("the image of {} {why}: what runs depends on when it starts", container.called());
        report.add(Finding::at(image.place, message).help("name a tag that is never moved, or a digest"));
    }
}
