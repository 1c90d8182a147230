//! See `rules/fargate-unsupported-parameter.md`.

use crate::diagnostic::{Change, Finding, Place, Safety};
use crate::model::{Container, Task};
use crate::node::Entry;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// The members of a task definition that Fargate refuses.
pub(super) const OF_TASK: &[&str] = &["placementConstraints", "ipcMode"];

/// The members of a container that Fargate refuses.
pub(super) const OF_CONTAINER: &[&str] = &[
    "privileged",
    "dockerSecurityOptions",
    "linuxParameters/devices",
    "linuxParameters/sharedMemorySize",
    "linuxParameters/maxSwap",
    "linuxParameters/swappiness",
];

const REASON: &str = "the task definition asks for Fargate here";

/// Documented as refused like `maxSwap`, but no refusal is on record.
const DOCUMENTED: &str = "swappiness";

/// Reports parameters that Fargate refuses.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(fargate) = task.requires("FARGATE") else { continue };
        for Given { entry, of } in members(task) {
            let finding = finding(entry, &of, "on Fargate", fargate, REASON);
            report.add(if entry.key == DOCUMENTED { finding.warning() } else { finding });
        }
        for container in task.containers() {
            let others = gpus(container).chain(s3_config(container));
            others.for_each(|finding| report.add(finding.label(fargate, REASON)));
        }
    }
}

/// A member that is given, and what it is a member of: " of container `web`", or nothing for the task definition.
pub(super) struct Given<'a> {
    pub entry: &'a Entry,
    pub of: String,
}

/// The members at these paths that the task definition certainly gives.
pub(super) fn of_task<'a>(task: Task<'a>, paths: &[&str]) -> Vec<Given<'a>> {
    let given = paths.iter().filter_map(|path| task.view.given(path));
    given.map(|entry| Given { entry, of: String::new() }).collect()
}

/// The members at these paths that containers certainly give.
pub(super) fn of_containers<'a>(task: Task<'a>, paths: &[&str]) -> Vec<Given<'a>> {
    let of = |container: Container| format!(" of {}", container.called());
    task.containers()
        .flat_map(|container| {
            let given = paths.iter().filter_map(move |path| container.view.given(path));
            given.map(move |entry| Given { entry, of: of(container) })
        })
        .collect()
}

/// The members at these paths that volumes certainly give.
pub(super) fn of_volumes<'a>(task: Task<'a>, paths: &[&str]) -> Vec<Given<'a>> {
    task.volumes()
        .flat_map(|volume| {
            let given = paths.iter().filter_map(move |path| volume.view.given(path));
            given.map(move |entry| Given { entry, of: format!(" of {}", volume.called()) })
        })
        .collect()
}

/// What is said of a member that is not supported `somewhere`, for the reason at a place.
pub(super) fn finding(
    entry: &Entry,
    of: &str,
    somewhere: &str,
    reason_at: impl Into<Place>,
    reason: impl Into<String>,
) -> Finding {
    let Entry { written, value, key_at, .. } = entry;
    let scalar = value.as_object().is_none() && value.as_array().is_none();
    let place = if scalar { Place::from(value) } else { Place::from(*key_at) };
    let remove = format!("remove `{written}`");
    Finding::at(place, format!("`{written}`{of} is not supported {somewhere}"))
        .label(reason_at, reason)
        .help(&*remove)
        .fix(Safety::Unsafe, remove, vec![Change::remove(entry)])
}

fn members(task: Task) -> Vec<Given> {
    let mut found = of_task(task, OF_TASK);
    let shares_host = task.view.str("pidMode").known() == Some("host");
    let pid_mode = task.view.entry("pidMode").filter(|_| shares_host);
    found.extend(pid_mode.map(|entry| Given { entry, of: " `host`".to_owned() }));
    found.extend(of_containers(task, OF_CONTAINER));
    found.extend(of_volumes(task, &["host/sourcePath", "dockerVolumeConfiguration"]));
    found
}

fn gpus(container: Container) -> impl Iterator<Item = Finding> {
    let requirements = container.view.list("resourceRequirements").objects();
    requirements.filter_map(move |requirement| {
        let Known("GPU", place) = requirement.str("type") else { return None };
        let message = format!("{} asks for a GPU, and Fargate has none", container.called());
        let change = Change::remove_item(requirement.node);
        Some(
            Finding::at(place, message)
                .help("remove the requirement, or run the task on EC2 or on Managed Instances")
                .fix(Safety::Unsafe, "remove the requirement", vec![change]),
        )
    })
}

/// The configuration file that a log router is to take from S3.
fn s3_config(container: Container) -> Option<Finding> {
    let options = container.view.object("firelensConfiguration").known()?.object("options").known()?;
    let Known("s3", place) = options.str("config-file-type") else { return None };
    let message =
        format!("the log router {} cannot take its configuration from S3 on Fargate", container.called());
    Some(
        Finding::at(place, message).help("put the file into the image, and set `config-file-type` to `file`"),
    )
}
