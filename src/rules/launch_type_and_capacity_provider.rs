//! See `rules/launch-type-and-capacity-provider.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports services that choose their capacity in two ways.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(launch_type, place) = service.launch_type() else { continue };
        let Some(provider) = service.capacity_providers().objects().next() else { continue };
        let (launch, strategy) =
            (service.view.term("launchType"), service.view.term("capacityProviderStrategy"));
        report.add(
            Finding::at(
                place,
                format!(
                    "launch type `{launch_type}` beside a capacity provider strategy; only one may be given"
                ),
            )
            .label(provider.heading("capacityProvider"), "the strategy")
            .fix(
                Safety::Unsafe,
                format!("remove `{launch}`"),
                service.view.entry("launchType").map(Change::remove).into_iter().collect(),
            )
            .help(format!("remove `{launch}`, or `{strategy}`")),
        );
    }
}
