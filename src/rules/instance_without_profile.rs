//! See `rules/instance-without-profile.md`.

use super::prelude::*;
use crate::model::{Certainty, Host};

/// Reports services whose instances have no instance profile, so that their agent cannot call ECS.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(hosts) = service.hosts() else { continue };
        let places: Option<Vec<_>> = hosts.groups.iter().map(|host| without_credentials(*host)).collect();
        let Some(place) = places.and_then(|places| places.into_iter().next()) else { continue };
        let message = "the instances have no instance profile, so their ECS agent has no credentials to join the cluster";
        let finding = Finding::at(place, message)
            .label(service.anchor(), "the service that runs on these instances")
            .label(hosts.cluster.anchor(), "the cluster that the instances cannot join")
            .help("add an instance profile whose role has the policy `AmazonEC2ContainerServiceforEC2Role`");
        report.add(if hosts.is_exhaustive { finding } else { finding.warning() });
    }
}

/// The place where instances have no profile, and no credentials in the settings of the agent either.
fn without_credentials(host: Host) -> Option<Place> {
    let place = host.no_profile()?;
    let data = host.user_data().filter(|data| data.certainty > Certainty::None)?;
    data.setting("AWS_ACCESS_KEY_ID").is_none().then_some(place)
}
