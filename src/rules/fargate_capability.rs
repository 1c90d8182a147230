//! See `rules/fargate-capability.md`.

use super::prelude::*;

/// The only capability that a container on Fargate can add to Docker's defaults.
const ALLOWED: &str = "SYS_PTRACE";

/// Reports added capabilities that Fargate does not support.
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
                        format!(
                            "{} adds capability `{name}`, which is not supported on Fargate",
                            container.called()
                        ),
                    )
                    .label(fargate, "the task definition requires Fargate")
                    .help(format!(
                        "remove `{name}`; `{ALLOWED}` is the only capability that can be added on Fargate"
                    ))
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
