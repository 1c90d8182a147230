//! See `rules/launch-type-and-capacity-provider.md`.

use super::prelude::*;

/// Reports services with both a launch type and a capacity provider strategy.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(launch_type, place) = service.launch_type() else { continue };
        let Some(provider) = service.capacity_providers().objects().next() else { continue };
        let [launch, strategy] = service.view.fields(["launchType", "capacityProviderStrategy"]);
        report.add(
            Finding::at(place, format!("`{launch}` `{launch_type}` and `{strategy}` cannot both be set"))
                .label(provider.heading("capacityProvider"), "the capacity provider strategy")
                .fix(Safety::Unsafe, format!("remove `{launch}`"), launch.remove())
                .help(format!("remove `{launch}` or `{strategy}`")),
        );
    }
}
