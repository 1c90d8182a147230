//! See `rules/essential-dependency-completes.md`.

use super::prelude::*;

/// Reports dependencies on the completion of essential containers, whose exit stops the task.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let dependencies = container.view.list("dependsOn").objects();
        report.extend(dependencies.filter_map(|dependency| awaits_essential(container, dependency)));
    }
}

fn awaits_essential(container: Container, dependency: View) -> Option<Finding> {
    let Known(condition @ ("SUCCESS" | "COMPLETE"), place) = dependency.str("condition") else { return None };
    let name = dependency.str("containerName").known()?;
    let target = container.task.container(name).known()?;
    let Known(true, essential_at) = target.essential() else { return None };
    let essential = target.view.field("essential");
    let reason = match essential.entry() {
        Some(_) => format!("`{name}` is essential"),
        None => format!("`{name}` is essential by default"),
    };
    let message = format!(
        "{} waits for `{condition}` of `{name}`, but the task stops when this essential container exits",
        container.called()
    );
    let set = format!("set `{essential}` of `{name}` to `false`");
    // The fix is safe if the waiting container is essential, because a task needs an essential container.
    let safety = match container.essential() {
        Known(true, _) => Safety::Safe,
        _ => Safety::Unsafe,
    };
    Some(Finding::at(place, message).label(essential_at, reason).help(&*set).fix(
        safety,
        set,
        essential.set_or_insert_after("name", false),
    ))
}
