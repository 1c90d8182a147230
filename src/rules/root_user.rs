//! See `rules/root-user.md`.

use super::prelude::*;

/// Reports Linux containers that run as root, or whose user depends on the image.
pub fn check(project: &Project, report: &mut Report) {
    let linux = |container: &Container| container.task.operating_system().known() == Some("LINUX");
    for container in project.containers().filter(linux) {
        // A FireLens log router needs root to create its socket.
        if !container.firelens().is_missing() {
            continue;
        }
        let field = container.view.field("user");
        let finding = match field.scalar() {
            Known(user, place) if is_root(user) => {
                Finding::at(place, format!("{} runs as root: `{field}` is `{user}`", container.called()))
            }
            Missing => {
                let message = format!(
                    "{} has no `{field}`, so it runs as root unless its image sets another user",
                    container.called()
                );
                Finding::at(container.anchor(), message)
            }
            Known(..) | Unknown(_) => continue,
        };
        report.add(
            finding
                .help(format!("set `{field}` to a user with only the permissions that the container needs")),
        );
    }
}

fn is_root(user: &str) -> bool {
    matches!(user.split(':').next(), Some("root" | "0"))
}
