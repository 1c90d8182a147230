//! See `rules/launch-volume-mismatch.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::{Service, Task};
use crate::nearest::nearest;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{self, Known};

/// Reports volumes that a service configures and its task definition does not expect, and the other way round.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(task) = service.task().known() else { continue };
        let Some(expected) = expected(task) else { continue };
        let configured = service.list("volumeConfigurations");
        let mut names = Vec::new();
        let mut matched = true;
        for volume in configured.objects() {
            let Known(name, place) = volume.str("name") else { continue };
            names.push(name);
            if !expected.iter().any(|(known, _)| *known == name) {
                matched = false;
                report.add(unexpected(name, place, task, &expected));
            }
        }
        let all_known = matched && configured.is_complete() && names.len() == configured.iter().count();
        let external = service.controller().known() != Some("ECS");
        for (name, place) in
            expected.iter().filter(|(name, _)| all_known && !external && !names.contains(name))
        {
            report.add(unconfigured(name, *place, service));
        }
    }
}

/// The volumes that a task definition leaves to the launch, where all are known.
fn expected(task: Task<'_>) -> Option<Vec<(&str, Place)>> {
    let volumes = task.view.list("volumes");
    let mut found = Vec::new();
    for volume in volumes.iter() {
        match (volume.bool("configuredAtLaunch"), volume.str("name")) {
            (Known(true, _), Known(name, place)) => found.push((name, place)),
            (Known(false, _) | Value::Missing, _) => {}
            _ => return None,
        }
    }
    volumes.is_complete().then_some(found)
}

fn unexpected(name: &str, place: Place, task: Task, expected: &[(&str, Place)]) -> Finding {
    let finding = Finding::at(place, format!("the task definition leaves no volume `{name}` to the launch"))
        .label(task.title(), "this task definition");
    match nearest(name, expected.iter().map(|(name, _)| *name)) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help(format!(
            "declare it there, with `{}` set",
            task.view
                .node
                .as_object()
                .map(|object| object.dialect.term("configuredAtLaunch"))
                .unwrap_or_default()
        )),
    }
}

fn unconfigured(name: &str, place: Place, service: Service) -> Finding {
    let term = service.view.term("volumeConfigurations");
    Finding::at(
        place,
        format!("{} does not configure volume `{name}`, which is left to its launch", service.called()),
    )
    .label(service.title(), "this service")
    .help(format!("configure it in `{term}`"))
}
