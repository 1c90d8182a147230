//! See `rules/multiple-launch-volumes.md`.

use super::prelude::*;

/// Reports all but the first of the volumes that are configured at launch.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let at_launch = |volume: &Volume| volume.configured_at_launch().known() == Some(true);
        let volumes: Vec<Volume> = task.volumes().filter(at_launch).collect();
        let Some((first, others)) = volumes.split_first() else { continue };
        for volume in others {
            let message =
                format!("{} is the second that is configured at launch, and a task has one", volume.called());
            report.add(
                Finding::at(volume.anchor(), message)
                    .label(first.anchor(), "the first one")
                    .help("keep one, and give the other its configuration here"),
            );
        }
    }
}
