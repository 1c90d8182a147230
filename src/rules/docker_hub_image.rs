//! See `rules/docker-hub-image.md`.

use super::prelude::*;

/// Reports images that are pulled from Docker Hub without authentication.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let Some(image) = container.image_name() else { continue };
        if image.docker_hub().is_none() || !container.view.is_missing("repositoryCredentials") {
            continue;
        }
        let message = format!(
            "{} pulls its image from Docker Hub without authentication, which is rate limited",
            container.called()
        );
        let term = container.view.field("repositoryCredentials");
        report.add(
            Finding::at(image.place, message)
                .help(format!("pull it through an ECR cache or from `public.ecr.aws`, or set `{term}`")),
        );
    }
}
