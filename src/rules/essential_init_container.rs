//! See `rules/essential-init-container.md`.

use super::essential_dependency_completes::not_essential;
use crate::diagnostic::{Finding, Place, Safety};
use crate::model::Container;
use crate::node::Entry;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{Known, Missing};

/// Words in the name of a container that runs once.
const ONCE: [&str; 7] = ["migrate", "migrator", "migration", "migrations", "init", "initdb", "seed"];

/// Commands that end when they are done, and nothing else does what they do.
const COMMANDS: [&str; 9] = [
    "db:migrate",
    "manage.py migrate",
    "alembic upgrade",
    "flyway migrate",
    "liquibase update",
    "prisma migrate deploy",
    "artisan migrate",
    "knex migrate:latest",
    "sequelize db:migrate",
];

/// Reports containers that run once, beside others, and take the task with them.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.containers().count() > 1) {
        for container in task.containers() {
            if let Some(finding) = ends(container) {
                report.add(finding);
            }
        }
    }
}

fn ends(container: Container) -> Option<Finding> {
    let Known(true, essential) = container.essential() else { return None };
    let stays = ["portMappings", "healthCheck", "restartPolicy", "firelensConfiguration"];
    if stays.iter().any(|key| container.view.entry(key).is_some_and(|entry| !is_empty(entry))) {
        return None;
    }
    let (reason, place) = runs_once(container)?;
    if awaited(container) {
        return None;
    }
    let reason_for_essential = match container.view.entry("essential") {
        Some(_) => "it is essential",
        None => "it is essential, since it does not say otherwise",
    };
    let term = container.view.term("essential");
    let message =
        format!("{} {reason}, but is essential: when it is done, the task stops", container.called());
    let finding = Finding::at(place, message)
        .label(essential, reason_for_essential)
        .help(format!("set `{term}` to false, and let the others wait for its `SUCCESS`"));
    Some(match not_essential(container) {
        Some(change) => finding.fix(Safety::Unsafe, format!("set `{term}` to false"), vec![change]),
        None => finding,
    })
}

fn is_empty(entry: &Entry) -> bool {
    entry.value.as_array().is_some_and(|array| array.items.is_empty())
}

/// Whether another waits for its end: then AWS refuses it, which another rule says.
fn awaited(container: Container) -> bool {
    let Known(name, _) = container.name() else { return false };
    let dependencies = container.task.containers().flat_map(|other| other.view.list("dependsOn").objects());
    dependencies
        .filter(|dependency| dependency.str("containerName").known() == Some(name))
        .any(|dependency| matches!(dependency.str("condition").known(), Some("SUCCESS" | "COMPLETE")))
}

fn runs_once(container: Container) -> Option<(&'static str, Place)> {
    let command = container.view.list("command");
    let words: Vec<&str> = command.iter().filter_map(|item| item.node.as_str()).collect();
    let line = words.join(" ");
    // With another command behind it, it may stay.
    if line.contains(['&', ';', '|', '\n']) || line.contains("exec ") {
        return None;
    }
    if COMMANDS.iter().any(|known| line.contains(known)) && command.is_complete() {
        return Some(("runs a migration and ends", container.title()));
    }
    let Known(name, place) = container.name() else { return None };
    let lower = name.to_ascii_lowercase();
    let mut parts = lower.split(['-', '_']);
    let (first, last) = (parts.next()?, parts.next_back());
    let told = ONCE.contains(&first) || last.is_some_and(|last| ONCE.contains(&last));
    let known = matches!(container.view.any("command"), Known(..) | Missing);
    (told && known).then_some(("runs once, as its name says", place))
}
