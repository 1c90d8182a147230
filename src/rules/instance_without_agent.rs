//! See `rules/instance-without-agent.md`.

use super::prelude::*;
use crate::model::{Certainty, Host, MachineImage, System};

/// Reports services whose instances have no ECS agent, so that they never join a cluster.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(hosts) = service.hosts() else { continue };
        report.extend(hosts.groups.iter().find_map(|host| waiting(*host, service)));
        let images: Option<Vec<_>> = hosts.groups.iter().map(|host| without_agent(*host)).collect();
        let Some((image, place)) = images.and_then(|images| images.into_iter().next()) else { continue };
        let message = format!(
            "the instances run an image without the ECS agent, so they never join {}",
            cluster(hosts.cluster)
        );
        let finding = Finding::at(place, message)
            .label(image.place, "images with this name do not contain the ECS agent, and the user data does not install it")
            .label(service.anchor(), "the service that runs on these instances")
            .help("use an ECS-optimized image, for example the one in the parameter `/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id`");
        report.add(if hosts.is_exhaustive { finding } else { finding.warning() });
    }
}

/// Reports user data that waits for the agent, which starts only after the user data has ended.
fn waiting(host: Host, service: Service) -> Option<Finding> {
    let (image, _) = host.image()?;
    let place = host.user_data()?.waits?;
    matches!(image.system, System::AmazonLinux | System::Gpu).then(|| {
        Finding::at(
            place,
            "this command waits for the agent, which starts only after the user data has ended",
        )
        .label(service.anchor(), "the service that runs on these instances")
        .help("remove the command, because the image starts the agent, or add `--no-block`")
        .warning()
    })
}

/// The image of instances on which certainly no agent runs, and the place that selects it.
fn without_agent(host: Host) -> Option<(MachineImage, Place)> {
    let (image, place) = host.image().filter(|(image, _)| !image.system.has_agent())?;
    host.user_data().is_some_and(|data| data.certainty == Certainty::Whole).then_some((image, place))
}

fn cluster(cluster: Cluster) -> String {
    cluster.name().known().map_or_else(|| "the cluster".to_owned(), |name| format!("cluster `{name}`"))
}
