//! See `rules/public-ip-launch-type.md`.

use super::prelude::*;

/// Reports public IP addresses with a launch type that does not support them.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(true, place) = service.assign_public_ip() else { continue };
        let Known(network, _) = service.network() else { continue };
        let field = network.field("assignPublicIp");
        let finding = |compute: String, compute_at: Place| {
            Finding::at(place, format!("`{field}` is not supported {compute}"))
                .label(compute_at, service.compute_reason())
                .fix(Safety::Unsafe, format!("remove `{field}`"), field.remove())
                .help(format!("remove `{field}`; these tasks can reach the internet through a NAT gateway"))
        };
        report.extend(unsupported(service).map(|(compute, at)| finding(compute, at)));
        // A provider that no file defines probably has an Auto Scaling group, but may have Managed Instances.
        let other = undefined_provider(project, service);
        report.extend(other.map(|(name, at)| finding(with_provider(name), at).warning()));
    }
}

/// Returns what the tasks run on, and where that is set, if it does not support public IP addresses.
fn unsupported(service: Service) -> Option<(String, Place)> {
    let Known(Compute::Instances | Compute::External, place) = service.compute() else { return None };
    if let Known(kind, _) = service.launch_type() {
        return ["EC2", "EXTERNAL"].contains(&kind).then(|| (format!("with launch type `{kind}`"), place));
    }
    let provider = service.strategy_items().find_map(|item| item.provider().known());
    Some((provider.map_or_else(|| "on EC2".to_owned(), with_provider), place))
}

fn with_provider(name: &str) -> String {
    format!("with capacity provider `{name}`")
}

/// Returns the first capacity provider of the service's strategy, if no file defines it.
fn undefined_provider<'a>(project: &Project<'a>, service: Service<'a>) -> Option<(&'a str, Place)> {
    let named = service.strategy_items().find_map(|item| item.provider().known_at());
    let (name, place) = named.filter(|(name, _)| !name.starts_with("FARGATE"))?;
    let is_alone = service.launch_type().is_missing();
    (is_alone && project.capacity_providers_named(name).next().is_none()).then_some((name, place))
}
