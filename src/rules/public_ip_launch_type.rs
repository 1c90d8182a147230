//! See `rules/public-ip-launch-type.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::Service;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports public addresses asked for where the launch type gives none.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(true, place) = service.assign_public_ip() else { continue };
        let Some((why, why_at)) = gives_none(service) else { continue };
        let term =
            service.network().known().map(|network| network.term("assignPublicIp")).unwrap_or_default();
        report.add(
            Finding::at(place, format!("{why} gives tasks no public IP address"))
                .label(why_at, "chosen here")
                .help(format!("remove `{term}`; such tasks reach the internet through a NAT gateway")),
        );
    }
}

/// What the tasks run on, where that has no public addresses for them.
fn gives_none(service: Service) -> Option<(String, Place)> {
    match service.launch_type() {
        Known(kind @ ("EC2" | "EXTERNAL"), place) => Some((format!("launch type `{kind}`"), place)),
        _ => {
            let mut providers = service.capacity_providers().objects();
            providers.find_map(|provider| match provider.str("capacityProvider") {
                Known(name, place) if !name.starts_with("FARGATE") => {
                    Some((format!("capacity provider `{name}`"), place))
                }
                _ => None,
            })
        }
    }
}
