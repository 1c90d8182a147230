//! See `rules/public-ip-launch-type.md`.

use super::prelude::*;

/// Reports public IP addresses with a launch type that does not support them.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(true, place) = service.assign_public_ip() else { continue };
        let Some((compute, compute_at)) = unsupported(service) else { continue };
        let Known(network, _) = service.network() else { continue };
        let field = network.field("assignPublicIp");
        report.add(
            Finding::at(place, format!("`{field}` is not supported {compute}"))
                .label(compute_at, service.compute_reason())
                .fix(Safety::Unsafe, format!("remove `{field}`"), field.remove())
                .help(format!("remove `{field}`; these tasks can reach the internet through a NAT gateway")),
        );
    }
}

/// Returns what the tasks run on, and where that is set, if it does not support public IP addresses.
fn unsupported(service: Service) -> Option<(String, Place)> {
    let Known(Compute::Instances | Compute::External, place) = service.compute() else { return None };
    if let Known(kind, _) = service.launch_type() {
        return ["EC2", "EXTERNAL"].contains(&kind).then(|| (format!("with launch type `{kind}`"), place));
    }
    let provider = service.strategy_items().find_map(|item| item.provider().known());
    let compute =
        provider.map_or_else(|| "on EC2".to_owned(), |name| format!("with capacity provider `{name}`"));
    Some((compute, place))
}
