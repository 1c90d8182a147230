//! See `rules/target-group-protocol-mismatch.md`.

use super::prelude::*;

/// Reports target groups that send TLS to a port whose application protocol is without TLS.
pub fn check(project: &Project, report: &mut Report) {
    for balancer in project.load_balancers() {
        report.extend(mismatch(balancer));
    }
}

fn mismatch(balancer: LoadBalancer) -> Option<Finding> {
    let group = balancer.target_group().known()?;
    let Known(protocol @ ("HTTPS" | "TLS"), at) = group.protocol() else { return None };
    let task = balancer.service.task().known()?;
    let Known(container, _) = task.container(balancer.container_name().known()?) else { return None };
    let Known(mapping, _) = container.port(balancer.container_port().known()?) else { return None };
    let field = mapping.view.field("appProtocol");
    let Known(plain @ ("http" | "http2" | "grpc"), plain_at) = field.str() else { return None };
    let message =
        format!("the target group sends `{protocol}` to a port whose application protocol is `{plain}`");
    Some(
        Finding::at(at, message)
            .label(plain_at, format!("`{field}` is `{plain}`, which is without TLS"))
            .label(balancer.join_place(), "the service registers this port with the target group")
            .help("set the protocol of the target group to the one that the container accepts")
            .warning(),
    )
}
