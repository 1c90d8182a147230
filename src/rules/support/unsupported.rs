//! Members that a launch type, a network mode, or an operating system does not support.

use super::prelude::*;
use crate::value::Entry;

/// Paths of members, such as `linuxParameters/devices`.
pub type Paths = &'static [&'static str];

/// The members of a task definition that Fargate rejects.
pub const TASK_ON_FARGATE: Paths = &["placementConstraints", "ipcMode"];

/// The members of a container that Fargate rejects.
pub const CONTAINER_ON_FARGATE: Paths = &[
    "privileged",
    "dockerSecurityOptions",
    "linuxParameters/devices",
    "linuxParameters/sharedMemorySize",
    "linuxParameters/maxSwap",
    "linuxParameters/swappiness",
];

/// The members of a container that configure its network, which belongs to the task in `awsvpc` network mode.
pub const CONTAINER_IN_AWSVPC: Paths =
    &["links", "extraHosts", "hostname", "dnsServers", "dnsSearchDomains", "disableNetworking"];

/// A member that is certainly set.
pub struct Given<'a> {
    /// The member.
    pub entry: &'a Entry,
    /// The owner of the member, such as ` of container `web``; empty if it is the task definition or the service.
    pub of: String,
}

impl<'a> Given<'a> {
    /// Returns the members at these paths that are set in the task definition.
    pub fn of_task(task: Task<'a>, paths: Paths) -> impl Iterator<Item = Given<'a>> {
        Given::of_view(task.view, paths, String::new)
    }

    /// Returns the members at these paths that are set in the service.
    pub fn of_service(service: Service<'a>, paths: Paths) -> impl Iterator<Item = Given<'a>> {
        Given::of_view(service.view, paths, String::new)
    }

    /// Returns the members at these paths that are set in the containers of the task definition.
    pub fn of_containers(task: Task<'a>, paths: Paths) -> impl Iterator<Item = Given<'a>> {
        task.containers().flat_map(move |container| {
            Given::of_view(container.view, paths, move || format!(" of {}", container.called()))
        })
    }

    /// Returns the members at these paths that are set in the volumes of the task definition.
    pub fn of_volumes(task: Task<'a>, paths: Paths) -> impl Iterator<Item = Given<'a>> {
        task.volumes().flat_map(move |volume| {
            Given::of_view(volume.view, paths, move || format!(" of {}", volume.called()))
        })
    }

    /// Reads the name of the owner only if a member is set, because reading an unknown name is recorded.
    fn of_view(view: View<'a>, paths: Paths, of: impl Fn() -> String) -> impl Iterator<Item = Given<'a>> {
        let given = paths.iter().filter_map(move |path| view.given(path));
        given.map(move |entry| Given { entry, of: of() })
    }

    /// Reports that the member is not supported, and offers to remove it. `somewhere` completes the message, such as
    /// `on Fargate`.
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

    /// Whether Fargate or the network mode rejects the member anyway, which another rule reports.
    pub fn is_refused_anyway(&self, task: Task) -> bool {
        let key = Some(self.entry.key.as_str());
        let has = |paths: Paths| paths.iter().any(|path| path.rsplit('/').next() == key);
        let in_awsvpc = task.network_mode().known() == Some(NetworkMode::Awsvpc);
        let on_fargate = task.requires("FARGATE").is_some();
        (in_awsvpc && has(CONTAINER_IN_AWSVPC))
            || (on_fargate && (has(TASK_ON_FARGATE) || has(CONTAINER_ON_FARGATE)))
    }
}
