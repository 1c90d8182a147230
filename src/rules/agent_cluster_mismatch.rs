//! See `rules/agent-cluster-mismatch.md`.

use super::prelude::*;
use crate::model::{
    AgentSetting, Certainty, Halt, HaltCause, Host, Kind, Link, Resource, ScriptLanguage, System,
};
use crate::value::Node;

/// Reports services whose instances join another cluster.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(hosts) = service.hosts() else { continue };
        let others: Option<Vec<_>> =
            hosts.groups.iter().map(|host| elsewhere(*project, *host, hosts.cluster)).collect();
        let Some(other) = others.and_then(|others| others.into_iter().next()) else { continue };
        let (message, place) = match &other {
            Elsewhere::Named(setting) => (
                format!("the instances join {}, not the cluster of the service", called(setting)),
                setting.place,
            ),
            Elsewhere::NotRun(place) => (
                "Bottlerocket does not run scripts in user data, so the instances join the cluster `default`"
                    .to_owned(),
                *place,
            ),
            Elsewhere::Halted(halt) => {
                (format!("{}, so the instances join the cluster `default`", cause(halt.cause)), halt.place)
            }
            Elsewhere::Default(place) => (
                "the user data does not set `ECS_CLUSTER`, so the instances join the cluster `default`"
                    .to_owned(),
                *place,
            ),
        };
        let finding = Finding::at(place, message)
            .label(hosts.cluster.anchor(), "the cluster of the service")
            .label(service.anchor(), "the service that runs on these instances")
            .help("set `ECS_CLUSTER` to the name of the cluster of the service");
        report.add(if hosts.is_exhaustive { finding } else { finding.warning() });
    }
}

fn called(setting: &AgentSetting) -> String {
    let name = setting.value.as_str();
    name.map_or_else(|| "another cluster".to_owned(), |name| format!("cluster `{name}`"))
}

fn cause(cause: HaltCause) -> &'static str {
    match cause {
        HaltCause::Indented => {
            "user data that does not begin with `#!` in its first column cannot be executed"
        }
        HaltCause::NoInterpreter => "user data that does not begin with `#!` is not executed",
        HaltCause::Exit => "the user data ends here, before it sets `ECS_CLUSTER`",
        HaltCause::Escaped => {
            "`&lt;` and `&gt;` are not `<` and `>` in a shell, which does not run the script from this line on"
        }
    }
}

/// How instances join another cluster than that of the service.
enum Elsewhere {
    /// The user data names it.
    Named(AgentSetting),
    /// The user data is a script, which the operating system does not run.
    NotRun(Place),
    /// The commands that name it never run.
    Halted(Halt),
    /// The user data names none, at this place.
    Default(Place),
}

fn elsewhere(project: Project, host: Host, cluster: Cluster) -> Option<Elsewhere> {
    let data = host.user_data()?;
    let name = cluster.name();
    let is_default = name.known().is_some_and(|name| name == "default");
    let system = host.image().map(|(image, _)| image.system);
    if system == Some(System::Bottlerocket) && data.language == ScriptLanguage::Shell {
        return host.user_data_place().filter(|_| !is_default).map(Elsewhere::NotRun);
    }
    match data.setting("ECS_CLUSTER") {
        Some(setting) => {
            let is_other = match (setting.value.as_str(), name) {
                (Some(ours), Known(theirs, _)) => ours != theirs,
                (Some(ours), Missing) => !may_be_generated(ours, cluster.resource),
                (Some(_), Unknown(_)) => false,
                (None, _) => other_cluster(project, &setting.value, host, cluster),
            };
            is_other.then(|| Elsewhere::Named(setting.clone()))
        }
        None => {
            let has_agent = system.is_some_and(System::has_agent);
            let is_known = data.certainty == Certainty::Whole;
            let other = || data.halt.map_or_else(|| Elsewhere::Default(host.anchor()), Elsewhere::Halted);
            (has_agent && is_known && !is_default).then(other)
        }
    }
}

/// Returns `true` if a text can be the name that the tool generates for a cluster. CloudFormation puts the logical ID into it.
fn may_be_generated(name: &str, cluster: &Resource) -> bool {
    let id = cluster.address.as_ref().map(|address| address.resource.name.as_str());
    !cluster.traits.completes_requests || id.is_none_or(|id| name.contains(id))
}

/// Returns `true` if an unknown name certainly is that of another cluster in the files.
fn other_cluster(project: Project, name: &Node, host: Host, cluster: Cluster) -> bool {
    if let Link::To(named) = project.cluster_of(name, host.source) {
        return !named.is(cluster.resource);
    }
    let has_name = |other: &Resource| {
        other.request.get("clusterName").is_some_and(|theirs| theirs.certainly_equals(name))
    };
    let mut others = project.in_unit_of(cluster.resource, Kind::Cluster);
    !has_name(cluster.resource) && others.any(has_name)
}
