//! Recognizes the requests of ECS that have members of their own.

use crate::resource::Kind;
use crate::value::{Array, Node};

/// The members that identify a request, by path. Updates have fewer members and are not read.
const MARKS: &[(Kind, &[&str])] = &[
    (Kind::ExpressService, &["infrastructureRoleArn", "primaryContainer"]),
    (Kind::ExpressService, &["infrastructureRoleArn", "taskDefinitionArn"]),
    (Kind::ExpressService, &["infrastructureRoleArn", "serviceName"]),
    (Kind::Daemon, &["daemonName", "daemonTaskDefinitionArn"]),
    (Kind::Daemon, &["daemonName", "capacityProviderArns"]),
    (Kind::Gateway, &["name", "configuration/hostSharedAlb"]),
    (Kind::CapacityProvider, &["name", "autoScalingGroupProvider/autoScalingGroupArn"]),
    (
        Kind::CapacityProvider,
        &["name", "managedInstancesProvider/instanceLaunchTemplate/ec2InstanceProfileArn"],
    ),
];

/// The kind of a request other than a task definition or a service; `None` if the text is neither.
pub(super) fn of_request(root: &Node) -> Option<Kind> {
    let has = |path: &&str| path.split('/').try_fold(root, |node, key| node.get(key)).is_some();
    MARKS.iter().find(|(_, paths)| paths.iter().all(has)).map(|(kind, _)| *kind)
}

/// The kind of a task definition, which is that of a daemon if it has something that only those have.
pub(super) fn of_task(root: &Node, request: &Node) -> Kind {
    let is = |key: &str, value: &str| request.get(key).and_then(Node::as_str) == Some(value);
    let shares = is("pidMode", "none") || ["pidMode", "ipcMode"].iter().any(|key| is(key, "shared"));
    let volumes = request.get("volumes").and_then(Node::as_array).map_or(&[][..], |list: &Array| &list.items);
    let reads_logs = volumes.iter().any(|volume| volume.get("logDriverVolumeConfiguration").is_some());
    let answers = [root.get("daemonTaskDefinition"), request.get("daemonTaskDefinitionArn")];
    let is_answer = answers.iter().any(Option::is_some);
    if shares || reads_logs || is_answer { Kind::DaemonTask } else { Kind::Task }
}
