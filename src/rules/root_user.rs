//! See `rules/root-user.md`.

use super::prelude::*;

/// Reports Linux containers that run as root, or that leave their user to the image.
pub fn check(project: &Project, report: &mut Report) {
    let linux = |container: &Container| container.task.operating_system().known() == Some("LINUX");
    for container in project.containers().filter(linux) {
        // A FireLens router needs root to make its socket.
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
                    "{} has no `{field}`, so it runs as root unless its image says otherwise",
                    container.called()
                );
                Finding::at(container.anchor(), message)
            }
            Known(..) | Unknown(_) => continue,
        };
        report.add(finding.help(format!("set `{field}` to a user that can do only what is needed")));
    }
}

fn is_root(user: &str) -> bool {
    matches!(user.split(':').next(), Some("root" | "0"))
}
