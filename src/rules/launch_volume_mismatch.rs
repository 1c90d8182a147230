//! See `rules/launch-volume-mismatch.md`.

use super::prelude::*;
use super::support::suggest;
use crate::suggest::nearest;

/// Reports volumes that a service configures but its task definition does not expect, and vice versa.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(task) = service.task().known() else { continue };
        let Some(expected) = expected(task) else { continue };
        let configured = service.view.list("volumeConfigurations");
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
        let is_deployed_by_ecs = service.controller().known() == Some("ECS");
        if all_known && is_deployed_by_ecs {
            let missing = expected.iter().filter(|(name, _)| !names.contains(name));
            report.extend(missing.map(|(name, place)| unconfigured(name, *place, service)));
        }
    }
}

/// Returns the volumes that the service has to configure at launch; `None` if some of them are unknown.
fn expected(task: Task<'_>) -> Option<Vec<(&str, Place)>> {
    let volumes = task.view.list("volumes");
    let mut found = Vec::new();
    for volume in volumes.iter() {
        match (volume.bool("configuredAtLaunch"), volume.str("name")) {
            (Known(true, _), Known(name, place)) => found.push((name, place)),
            (Known(false, _) | Missing, _) => {}
            _ => return None,
        }
    }
    volumes.is_complete().then_some(found)
}

fn unexpected(name: &str, place: Place, task: Task, expected: &[(&str, Place)]) -> Finding {
    let field = task.view.field("configuredAtLaunch");
    let message = format!("the task definition has no volume `{name}` with `{field}` set");
    let finding = Finding::at(place, message).label(task.anchor(), "the task definition");
    match nearest(name, expected.iter().map(|(name, _)| *name)) {
        Some(near) => suggest::hint(finding, near),
        None => {
            finding.help(format!("declare the volume in the task definition, with `{field}` set to `true`"))
        }
    }
}

fn unconfigured(name: &str, place: Place, service: Service) -> Finding {
    let term = service.view.field("volumeConfigurations");
    Finding::at(
        place,
        format!(
            "{} does not configure volume `{name}`, which must be configured at launch",
            service.called()
        ),
    )
    .label(service.anchor(), "the service")
    .help(format!("configure the volume in `{term}`"))
}
