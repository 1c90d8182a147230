//! See `rules/multiple-launch-volumes.md`.

use super::prelude::*;

/// Reports all but the first of the volumes that are configured at launch.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let at_launch = |volume: &Volume| volume.configured_at_launch().known() == Some(true);
        let volumes: Vec<Volume> = task.volumes().filter(at_launch).collect();
        let Some((first, others)) = volumes.split_first() else { continue };
        for volume in others {
            let message = format!(
                "{} cannot be configured at launch: a task definition can have at most one such volume",
                volume.called()
            );
            let field = volume.view.field("configuredAtLaunch");
            report.add(
                Finding::at(volume.anchor(), message)
                    .label(first.anchor(), "this volume is already configured at launch")
                    .help(format!(
                        "set `{field}` for only one volume, and configure the others in the task definition"
                    )),
            );
        }
    }
}
