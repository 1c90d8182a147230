//! See `rules/no-container-instances.md`.

use super::prelude::*;
use crate::model::Link;

/// Reports services on EC2 in a cluster for which the configuration defines no instances.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(Compute::Instances, place) = service.compute() else { continue };
        let Some(cluster) = service.cluster().known() else { continue };
        if service.strategy_items().next().is_some()
            || service.view.int("desiredCount").known() == Some(0)
            || service.launch_type().known().is_some_and(|name| name != "EC2")
        {
            continue;
        }
        if cluster.is_without_instances() && !matches!(cluster.capacity(), Link::Unknown) {
            report.add(
                Finding::at(
                    place,
                    format!(
                        "{} runs on EC2, but the files do not define any instances for its cluster",
                        service.called()
                    ),
                )
                .label(place, service.compute_reason())
                .label(cluster.anchor(), "the cluster")
                .help(format!(
                    "add container instances to the cluster, or set `{}` to `FARGATE`",
                    service.view.field("launchType")
                )),
            );
        }
    }
}
