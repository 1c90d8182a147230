//! See `rules/image-repository-mismatch.md`.

use super::prelude::*;
use crate::model::{Kind, Resource};
use crate::suggest::is_typo;
use crate::value::Unknown;

/// Reports images in an undefined repository whose name resembles that of an unused repository.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        report.extend(misnamed(*project, container));
    }
}

fn misnamed(project: Project, container: Container) -> Option<Finding> {
    let unit = container.task.resource.unit();
    container.private_ecr_image()?;
    let image = container.image_name()?;
    let name = image.ecr_repository()?;
    let repositories = project.all_named(Kind::Repository, "repositoryName", unit)?;
    if repositories.iter().any(|(known, _)| *known == name) {
        return None;
    }
    let mut near = repositories.iter().filter(|(known, _)| is_typo(name, known));
    let (known, made): &(&str, &Resource) = near.next()?;
    if near.next().is_some() || is_used(project, made, known) {
        return None;
    }
    let message = format!(
        "the image of {} is in repository `{name}`, but the configuration defines `{known}`",
        container.called()
    );
    Some(
        Finding::at(image.place, message)
            .label(Place::header(made), format!("defines `{known}`, which no image uses"))
            .help(format!("did you mean `{known}`?")),
    )
}

/// Whether an image in the same root comes from the repository, by name or by reference.
fn is_used(project: Project, made: &Resource, name: &str) -> bool {
    let tasks = project.tasks().filter(|task| task.resource.unit() == made.unit());
    tasks.flat_map(|task| task.containers()).any(|container| {
        let by_name = container.image_name().is_some_and(|image| image.ecr_repository() == Some(name));
        let by_reference = container
            .view
            .entry("image")
            .is_some_and(|entry| entry.value.unknowns().next().is_some_and(|why| refers(why, made)));
        by_name || by_reference
    })
}

fn refers(why: &Unknown, made: &Resource) -> bool {
    why.resource()
        .is_some_and(|named| made.address.as_ref().is_some_and(|ours| !ours.is_certainly_other(named)))
}
