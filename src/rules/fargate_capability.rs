//! See `rules/fargate-capability.md`.

use super::prelude::*;

/// The one capability that Fargate lets a container have beyond the usual.
const ALLOWED: &str = "SYS_PTRACE";

/// Reports capabilities that Fargate gives no container.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(fargate) = task.requires("FARGATE") else { continue };
        for container in task.containers() {
            let Some(added) = container.view.given("linuxParameters/capabilities/add") else { continue };
            let items = added.value.as_array().map_or(&[][..], |array| &array.items);
            for item in items {
                let Some(name) = item.as_str().filter(|name| *name != ALLOWED) else { continue };
                report.add(
                    Finding::at(
                        item,
                        format!("{} cannot have capability `{name}` on Fargate", container.called()),
                    )
                    .label(fargate, "the task definition asks for Fargate here")
                    .help(format!("remove it; `{ALLOWED}` is the only one that Fargate adds"))
                    .fix(
                        Safety::Unsafe,
                        format!("remove `{name}`"),
                        [Change::remove_item(item)],
                    ),
                );
            }
        }
    }
}
