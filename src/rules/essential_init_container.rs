//! See `rules/essential-init-container.md`.

use super::prelude::*;
use crate::value::Entry;

/// Words in the name of a container that runs once.
const ONCE: [&str; 7] = ["migrate", "migrator", "migration", "migrations", "init", "initdb", "seed"];

/// Commands that only run a migration and then exit.
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

/// Reports essential containers that run once and then stop the task and its other containers.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.containers().count() > 1) {
        report.extend(task.containers().filter_map(ends_by_itself));
    }
}

fn ends_by_itself(container: Container) -> Option<Finding> {
    let Known(true, essential_at) = container.essential() else { return None };
    let of_a_server =
        container.view.fields(["portMappings", "healthCheck", "restartPolicy", "firelensConfiguration"]);
    if of_a_server.into_iter().filter_map(Field::entry).any(|entry| !is_empty(entry)) {
        return None;
    }
    let (reason, place) = runs_once(container)?;
    if awaited(container) {
        return None;
    }
    let essential = container.view.field("essential");
    let reason_for_essential = match essential.entry() {
        Some(_) => "it is essential",
        None => "it is essential by default",
    };
    let message = format!("{} {reason}, but it is essential, so its exit stops the task", container.called());
    let set = format!("set `{essential}` to `false`");
    Some(
        Finding::at(place, message)
            .label(essential_at, reason_for_essential)
            .help(format!("{set}, and make the other containers depend on its `SUCCESS`"))
            .fix(Safety::Unsafe, set, essential.set_or_insert_after("name", false)),
    )
}

fn is_empty(entry: &Entry) -> bool {
    entry.value.as_array().is_some_and(|array| array.items.is_empty())
}

/// Whether another container waits for this one to exit. AWS rejects that, and another rule reports it.
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
    // If another command follows, the container may keep running.
    if line.contains(['&', ';', '|', '\n']) || line.contains("exec ") {
        return None;
    }
    if COMMANDS.iter().any(|known| line.contains(known)) && command.is_complete() {
        return Some(("runs a migration and exits", container.anchor()));
    }
    let Known(name, place) = container.name() else { return None };
    let lower = name.to_ascii_lowercase();
    let mut parts = lower.split(['-', '_']);
    let (first, last) = (parts.next()?, parts.next_back());
    let is_named_so = ONCE.contains(&first) || last.is_some_and(|last| ONCE.contains(&last));
    let known = matches!(container.view.any("command"), Known(..) | Missing);
    (is_named_so && known).then_some(("runs once, as its name suggests", place))
}
