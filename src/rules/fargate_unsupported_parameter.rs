//! See `rules/fargate-unsupported-parameter.md`.

use super::prelude::*;
use super::support::unsupported::{CONTAINER_ON_FARGATE, Given, TASK_ON_FARGATE};

const REASON: &str = "the task definition requires Fargate";

/// Documented as unsupported, like `maxSwap`, but AWS has not been seen to reject it.
const DOCUMENTED: &str = "swappiness";

/// Reports parameters that Fargate does not support.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(fargate) = task.requires("FARGATE") else { continue };
        let given = Given::of_task(task, TASK_ON_FARGATE)
            .chain(host_pid_mode(task))
            .chain(Given::of_containers(task, CONTAINER_ON_FARGATE))
            .chain(Given::of_volumes(task, &["host/sourcePath", "dockerVolumeConfiguration"]));
        report.extend(given.map(|given| {
            let finding = given.report("on Fargate", fargate, REASON);
            if given.entry.key == DOCUMENTED { finding.warning() } else { finding }
        }));
        let others = task.containers().flat_map(|container| gpus(container).chain(s3_config(container)));
        report.extend(others.map(|finding| finding.label(fargate, REASON)));
    }
}

fn host_pid_mode(task: Task<'_>) -> Option<Given<'_>> {
    let shares_host = task.view.str("pidMode").known() == Some("host");
    let entry = task.view.entry("pidMode").filter(|_| shares_host)?;
    Some(Given { entry, of: " `host`".to_owned() })
}

fn gpus(container: Container) -> impl Iterator<Item = Finding> {
    let requirements = container.view.list("resourceRequirements").objects();
    requirements.filter_map(move |requirement| {
        let Known("GPU", place) = requirement.str("type") else { return None };
        let message = format!("{} requires a GPU, which is not supported on Fargate", container.called());
        let change = Change::remove_item(requirement.node);
        Some(
            Finding::at(place, message)
                .help("remove the GPU requirement, or run the task on EC2 or Managed Instances")
                .fix(Safety::Unsafe, "remove the GPU requirement", [change]),
        )
    })
}

/// Reports a FireLens configuration file in S3.
fn s3_config(container: Container) -> Option<Finding> {
    let options = container.view.object("firelensConfiguration").known()?.object("options").known()?;
    let Known("s3", place) = options.str("config-file-type") else { return None };
    let message = format!(
        "{} loads its FireLens configuration from S3, which is not supported on Fargate",
        container.called()
    );
    Some(Finding::at(place, message).help("add the file to the image, and set `config-file-type` to `file`"))
}
