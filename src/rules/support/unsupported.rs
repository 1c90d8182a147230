//! Members that a launch type, a network mode or an operating system does not support.

use super::prelude::*;
use crate::value::Entry;

/// Paths of members: `linuxParameters/devices`.
pub type Paths = &'static [&'static str];

/// The members of a task definition that Fargate refuses.
pub const TASK_ON_FARGATE: Paths = &["placementConstraints", "ipcMode"];

/// The members of a container that Fargate refuses.
pub const CONTAINER_ON_FARGATE: Paths = &[
    "privileged",
    "dockerSecurityOptions",
    "linuxParameters/devices",
    "linuxParameters/sharedMemorySize",
    "linuxParameters/maxSwap",
    "linuxParameters/swappiness",
];

/// The members of a container that set up a network, which in `awsvpc` mode the task has already.
pub const CONTAINER_IN_AWSVPC: Paths =
    &["links", "extraHosts", "hostname", "dnsServers", "dnsSearchDomains", "disableNetworking"];

/// A member that is certainly given.
pub struct Given<'a> {
    /// The member.
    pub entry: &'a Entry,
    /// What it is a member of: ` of container `web``; empty for the task definition or the service itself.
    pub of: String,
}

impl<'a> Given<'a> {
    /// The members at these paths that the task definition gives.
    pub fn of_task(task: Task<'a>, paths: Paths) -> impl Iterator<Item = Given<'a>> {
        Given::of_view(task.view, paths, String::new)
    }

    /// The members at these paths that the service gives.
    pub fn of_service(service: Service<'a>, paths: Paths) -> impl Iterator<Item = Given<'a>> {
        Given::of_view(service.view, paths, String::new)
    }

    /// The members at these paths that the containers of a task definition give.
    pub fn of_containers(task: Task<'a>, paths: Paths) -> impl Iterator<Item = Given<'a>> {
        task.containers().flat_map(move |container| {
            Given::of_view(container.view, paths, move || format!(" of {}", container.called()))
        })
    }

    /// The members at these paths that its volumes give.
    pub fn of_volumes(task: Task<'a>, paths: Paths) -> impl Iterator<Item = Given<'a>> {
        task.volumes().flat_map(move |volume| {
            Given::of_view(volume.view, paths, move || format!(" of {}", volume.called()))
        })
    }

    /// What the owner is called is read only of members that are given: reading notes a name that is unknown.
    fn of_view(view: View<'a>, paths: Paths, of: impl Fn() -> String) -> impl Iterator<Item = Given<'a>> {
        let given = paths.iter().filter_map(move |path| view.given(path));
        given.map(move |entry| Given { entry, of: of() })
    }

    /// Reports that the member is not supported `somewhere`, and offers to remove it.
    pub fn report(&self, somewhere: &str, reason_at: impl Into<Place>, reason: impl Into<String>) -> Finding {
        let Entry { written, value, key_at, .. } = self.entry;
        let is_scalar = value.as_object().is_none() && value.as_array().is_none();
        let place = if is_scalar { Place::from(value) } else { Place::from(*key_at) };
        let remove = format!("remove `{written}`");
        Finding::at(place, format!("`{written}`{} is not supported {somewhere}", self.of))
            .label(reason_at, reason)
            .help(&*remove)
            .fix(Safety::Unsafe, remove, [Change::remove(self.entry)])
    }

    /// Whether Fargate or the network mode refuses the member anyway, which is the finding of another rule.
    pub fn is_refused_anyway(&self, task: Task) -> bool {
        let key = Some(self.entry.key.as_str());
        let has = |paths: Paths| paths.iter().any(|path| path.rsplit('/').next() == key);
        let in_awsvpc = task.network_mode().known() == Some(NetworkMode::Awsvpc);
        let on_fargate = task.requires("FARGATE").is_some();
        (in_awsvpc && has(CONTAINER_IN_AWSVPC))
            || (on_fargate && (has(TASK_ON_FARGATE) || has(CONTAINER_ON_FARGATE)))
    }
}
