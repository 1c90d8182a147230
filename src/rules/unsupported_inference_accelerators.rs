//! See `rules/unsupported-inference-accelerators.md`.

use super::prelude::*;

/// Reports Elastic Inference accelerators, which AWS has discontinued.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(entry) = task.view.given("inferenceAccelerators") else { continue };
        let containers = task.view.list("containerDefinitions");
        let requirements = containers.objects().next().map_or_else(
            || task.resource.name_of("resourceRequirements"),
            |container| container.field("resourceRequirements").name(),
        );
        report.add(
            Finding::at(entry.key_at, format!("`{}` is no longer supported", entry.written))
                .help(format!("remove it and the containers' `{requirements}` that refer to it"))
                .fix(Safety::Unsafe, format!("remove `{}`", entry.written), [Change::remove(entry)]),
        );
    }
}
