//! See `rules/ipv6-only-subnet.md`.

use super::prelude::*;
use crate::model::{Kind, Resource};

/// Reports services in IPv6-only subnets that depend on IPv4 addresses.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(native) = only_ipv6(project, service) else { continue };
        let reason = "the subnet has only IPv6 addresses";
        let groups = service.load_balancers().filter_map(ipv4_group);
        report.extend(groups.map(|finding| finding.label(native, reason)));
        let Some(task) = service.task().known() else { continue };
        let images = task.containers().filter_map(ipv4_image);
        report.extend(images.map(|finding| finding.label(native, reason)));
    }
}

/// Returns the place that makes a subnet of the service IPv6-only, if all of its subnets are.
fn only_ipv6(project: &Project, service: Service) -> Option<Place> {
    let native = |node| {
        let subnet: &Resource = project.resolve(&[Kind::Subnet], node).known()?;
        match project.view(subnet).bool("Ipv6Native") {
            Known(true, place) => Some(place),
            _ => None,
        }
    };
    let places: Option<Vec<Place>> = service.subnets().into_iter().map(native).collect();
    places?.first().copied()
}

fn ipv4_group(balancer: LoadBalancer) -> Option<Finding> {
    let group = balancer.target_group().known()?;
    let field = group.view.field("IpAddressType");
    let place = match field.str() {
        Known("ipv4", place) => place,
        Missing => group.anchor(),
        Known(..) | Unknown(_) => return None,
    };
    let message = "the target group registers IPv4 addresses, but the tasks have only IPv6 addresses";
    Some(
        Finding::at(place, message)
            .label(balancer.join_place(), "the service registers its tasks with this target group")
            .help(format!("set `{field}` to `ipv6`; this replaces the target group")),
    )
}

fn ipv4_image(container: Container) -> Option<Finding> {
    let (image, place) = container.image().known_at()?;
    let (host, _) = image.split_once('/')?;
    let (account, region) = host.strip_suffix(".amazonaws.com")?.split_once(".dkr.ecr.")?;
    let dual = format!("{account}.dkr-ecr.{region}.on.aws");
    let message = format!("`{host}` has no IPv6 address, but the tasks have only IPv6 addresses");
    Some(Finding::at(place, message).help(format!("use `{dual}`, the dual-stack name of the registry")))
}
