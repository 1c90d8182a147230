//! See `rules/public-ip-launch-type.md`.

use super::prelude::*;

/// Reports public addresses asked for where the launch type gives none.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(true, place) = service.assign_public_ip() else { continue };
        let Some((why, why_at)) = gives_none(service) else { continue };
        let Known(network, _) = service.network() else { continue };
        let field = network.field("assignPublicIp");
        report.add(
            Finding::at(place, format!("{why} gives tasks no public IP address"))
                .label(why_at, service.compute_reason())
                .fix(Safety::Unsafe, format!("remove `{field}`"), field.remove())
                .help(format!("remove `{field}`; such tasks reach the internet through a NAT gateway")),
        );
    }
}

/// What the tasks run on, where that has no public addresses for them.
fn gives_none(service: Service) -> Option<(String, Place)> {
    let Known(Compute::Instances | Compute::External, place) = service.compute() else { return None };
    if let Known(kind, _) = service.launch_type() {
        return ["EC2", "EXTERNAL"].contains(&kind).then(|| (format!("launch type `{kind}`"), place));
    }
    let provider = service.strategy_items().find_map(|item| item.provider().known());
    let why = provider.map_or_else(|| "EC2".to_owned(), |name| format!("capacity provider `{name}`"));
    Some((why, place))
}
