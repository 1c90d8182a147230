//! See `rules/image-architecture-mismatch.md`.

use super::prelude::*;
use crate::value::Node;

/// The architectures of `cpuArchitecture`, and the words for them at the end of a tag.
const TAGS: &[(&str, &[&str])] =
    &[("ARM64", &["arm64", "aarch64", "arm64v8"]), ("X86_64", &["amd64", "x86_64", "x86-64"])];

/// The namespaces of Docker Hub whose images are only for one architecture.
const NAMESPACES: &[(&str, &str)] = &[("arm64v8/", "ARM64"), ("amd64/", "X86_64")];

/// Reports images for another architecture than that of their task.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some((architecture, reason_at, reason)) = architecture(task) else { continue };
        for container in task.containers() {
            let Some(entry) = container.view.entry("image") else { continue };
            let (own, is_certain) = match built_for(&entry.value) {
                Some((own, is_certain)) if own != architecture => (own, is_certain),
                _ => continue,
            };
            let message = format!(
                "the image of {} is for `{own}`, but the task runs on `{architecture}`",
                container.called()
            );
            let finding = Finding::at(&entry.value, message).label(reason_at, reason.clone()).help(format!(
                "use an image for `{architecture}`, or set `{}` to `{own}`",
                task.resource.name_of("cpuArchitecture")
            ));
            report.add(if is_certain { finding.error() } else { finding.warning() });
        }
    }
}

/// The architecture of a task, and why. Without one, tasks on Fargate run on `X86_64`, and others on that of the instance.
fn architecture(task: Task<'_>) -> Option<(&str, Place, String)> {
    let field = task.view.object("runtimePlatform").then(|platform| platform.str("cpuArchitecture"));
    match field {
        Known(architecture, at) => Some((architecture, at, format!("the architecture is `{architecture}`"))),
        Missing => {
            let fargate = task.requires("FARGATE")?;
            Some(("X86_64", fargate, "on Fargate, the architecture defaults to `X86_64`".to_owned()))
        }
        Unknown(_) => None,
    }
}

/// The architecture that the known start or end of an image's name states, and whether it is certain.
fn built_for(image: &Node) -> Option<(&'static str, bool)> {
    let start = image.known_start();
    let hub = ["docker.io/", "public.ecr.aws/docker/"].iter().find_map(|mirror| start.strip_prefix(mirror));
    let name = hub.unwrap_or(&start);
    if let Some((_, own)) = NAMESPACES.iter().find(|(namespace, _)| name.starts_with(namespace)) {
        return Some((own, true));
    }
    let end = image.known_end();
    let is_word =
        |word: &&str| end.strip_suffix(*word).is_some_and(|rest| rest.ends_with(['-', '_', '.', ':']));
    let found = TAGS.iter().find(|(_, words)| words.iter().any(is_word))?;
    (!end.contains('@')).then_some((found.0, false))
}
