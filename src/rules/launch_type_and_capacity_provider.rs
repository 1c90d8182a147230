//! See `rules/launch-type-and-capacity-provider.md`.

use super::prelude::*;

/// Reports services with both a launch type and a capacity provider strategy, or with a launch type that requires a strategy
/// instead.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(launch_type, place) = service.launch_type() else { continue };
        let Some(provider) = service.capacity_providers().objects().next() else {
            report.extend(managed_instances(service));
            continue;
        };
        let [launch, strategy] = service.view.fields(["launchType", "capacityProviderStrategy"]);
        report.add(
            Finding::at(place, format!("`{launch}` `{launch_type}` and `{strategy}` cannot both be set"))
                .label(provider.heading("capacityProvider"), "the capacity provider strategy")
                .fix(Safety::Unsafe, format!("remove `{launch}`"), launch.remove())
                .help(format!("remove `{launch}` or `{strategy}`")),
        );
    }
}

/// Reports the launch type of Managed Instances, which a description of a service has, but not a request.
fn managed_instances(service: Service) -> Option<Finding> {
    let [launch, strategy] = service.view.fields(["launchType", "capacityProviderStrategy"]);
    let Known(launch_type @ "MANAGED_INSTANCES", place) = launch.str() else { return None };
    if service.is_description() {
        return None;
    }
    let message = format!("`{launch}` cannot be `{launch_type}`; Managed Instances require `{strategy}`");
    Some(
        Finding::at(place, message)
            .help(format!("remove `{launch}`, and name the capacity provider in `{strategy}`"))
            // Only the documentation rules it out.
            .warning(),
    )
}
