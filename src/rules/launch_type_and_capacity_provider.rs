//! See `rules/launch-type-and-capacity-provider.md`.

use super::prelude::*;

/// Reports services that choose their capacity in two ways.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(launch_type, place) = service.launch_type() else { continue };
        let Some(provider) = service.capacity_providers().objects().next() else { continue };
        let [launch, strategy] = service.view.fields(["launchType", "capacityProviderStrategy"]);
        report.add(
            Finding::at(
                place,
                format!(
                    "launch type `{launch_type}` beside a capacity provider strategy; only one may be given"
                ),
            )
            .label(provider.heading("capacityProvider"), "the strategy")
            .fix(Safety::Unsafe, format!("remove `{launch}`"), launch.remove())
            .help(format!("remove `{launch}`, or `{strategy}`")),
        );
    }
}
