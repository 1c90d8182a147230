//! See `rules/container-timeout.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::model::Container;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// The least that ECS counts, in seconds.
const LEAST: i64 = 2;

/// The most on Fargate, in seconds.
const FARGATE_MOST: i64 = 120;

/// Reports start and stop timeouts that are too long for Fargate or too short for ECS.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.tasks().flat_map(|task| task.containers()) {
        for key in ["startTimeout", "stopTimeout"] {
            if let Some(finding) = outside(container, key) {
                report.add(finding);
            }
        }
    }
}

fn outside(container: Container, key: &str) -> Option<Finding> {
    let Known(seconds, place) = container.view.int(key) else { return None };
    let fargate = container.task.requires("FARGATE").filter(|_| seconds > FARGATE_MOST);
    let term = container.view.term(key);
    let (near, message) = match fargate {
        Some(_) => (
            FARGATE_MOST,
            format!("`{term}` is {seconds}, but on Fargate it is at most {FARGATE_MOST} seconds"),
        ),
        None if seconds < LEAST => {
            (LEAST, format!("`{term}` is {seconds}, but it is at least {LEAST} seconds"))
        }
        None => return None,
    };
    let change = Change::set(&container.view.entry(key)?.value, near);
    let finding =
        Finding::at(place, message).fix(Safety::Unsafe, format!("set `{term}` to {near}"), vec![change]);
    let finding = match fargate {
        Some(place) => finding.label(place, "the task definition is checked for Fargate"),
        None => finding,
    };
    // Only of a stop timeout that is too long a refusal is on record; the rest is documented.
    Some(if fargate.is_some() && key == "stopTimeout" { finding } else { finding.warning() })
}
