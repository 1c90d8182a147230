//! See `rules/invalid-target-group.md`.

use super::prelude::*;
use super::support::range::outside;
use crate::model::Kind;

/// Reports target groups that Elastic Load Balancing refuses to make.
pub fn check(project: &Project, report: &mut Report) {
    for resource in project.of(Kind::TargetGroup) {
        let group = TargetGroup::new(*project, resource);
        report.extend([
            without_port(group),
            timeout_not_shorter(group),
            tcp_check(group),
            disabled_check(group),
            impossible_code(group),
            foreign_stickiness(group),
            wrong_port(group),
        ]);
        report.extend(out_of_range(group));
    }
}

fn is_http(protocol: &str) -> bool {
    matches!(protocol, "HTTP" | "HTTPS")
}

/// How to say in a label what takes the targets' traffic.
fn protocol_label(group: TargetGroup<'_>) -> Option<(Place, &str)> {
    match group.protocol() {
        Known(protocol, place) => Some((place, protocol)),
        _ => None,
    }
}

fn without_port(group: TargetGroup) -> Option<Finding> {
    let Known(kind @ ("instance" | "ip"), _) = group.target_type() else { return None };
    let required = group.view.fields(["Port", "Protocol"]);
    let missing = required.into_iter().find(|field| field.is_missing())?;
    let message = format!("a target group of type `{kind}` has no `{missing}`");
    Some(
        Finding::at(group.anchor(), message)
            .help(format!("say which `{missing}` the targets take traffic by")),
    )
}

/// Network load balancers once had an interval of 10 seconds with a timeout as long; only HTTP's are held to be shorter.
fn timeout_not_shorter(group: TargetGroup) -> Option<Finding> {
    let (Known(timeout, timeout_at), Known(interval, interval_at)) =
        (group.health_check_timeout(), group.health_check_interval())
    else {
        return None;
    };
    let (_, protocol) = protocol_label(group)?;
    let is_wrong = if is_http(protocol) { timeout >= interval } else { timeout > interval };
    let (at, other, label) = if group.view.entry("HealthCheckTimeoutSeconds").is_none() {
        (interval_at, timeout_at, format!("the timeout: it is {timeout} seconds by default"))
    } else if group.view.entry("HealthCheckIntervalSeconds").is_none() {
        (timeout_at, interval_at, format!("the interval: it is {interval} seconds by default"))
    } else {
        (timeout_at, interval_at, format!("the interval: it is {interval} seconds"))
    };
    is_wrong.then(|| {
        Finding::at(
            at,
            format!("the health check's timeout of {timeout} seconds is not shorter than its interval of {interval}"),
        )
        .label(other, label)
        .help("make the timeout shorter than the interval")
    })
}

/// A path asks for HTTP, and HTTP's targets are asked by HTTP.
fn tcp_check(group: TargetGroup) -> Option<Finding> {
    let Known("TCP", at) = group.view.str("HealthCheckProtocol") else { return None };
    if let Known(path, path_at) = group.view.str("HealthCheckPath") {
        return Some(
            Finding::at(path_at, format!("a TCP health check has the path `{path}`"))
                .label(at, "the health check's protocol is `TCP`")
                .help("remove the path, or check by `HTTP`"),
        );
    }
    let (place, protocol) = protocol_label(group).filter(|(_, protocol)| is_http(protocol))?;
    Some(
        Finding::at(at, format!("an `{protocol}` target group cannot be checked by `TCP`"))
            .label(place, format!("the target group's protocol is `{protocol}`"))
            .help("check by `HTTP` or `HTTPS`"),
    )
}

fn disabled_check(group: TargetGroup) -> Option<Finding> {
    let Known(false, at) = group.view.bool("HealthCheckEnabled") else { return None };
    let Known(kind @ ("instance" | "ip"), place) = group.target_type() else { return None };
    Some(
        Finding::at(
            at,
            format!("the health check of a target group of type `{kind}` cannot be switched off"),
        )
        .label(place, "the target group")
        .help("leave the health check on"),
    )
}

/// The codes that a target may answer with, where the load balancer's kind is known by the protocol.
fn impossible_code(group: TargetGroup) -> Option<Finding> {
    let (place, protocol) = protocol_label(group)?;
    let version = group.view.str("ProtocolVersion");
    let (low, high) = match (protocol, version) {
        ("HTTP" | "HTTPS", Missing | Known("HTTP1" | "HTTP2", _)) => (200, 499),
        ("HTTP" | "HTTPS", Known("GRPC", _)) => (0, 99),
        ("TCP" | "TLS" | "UDP" | "TCP_UDP", _) => (200, 599),
        _ => return None,
    };
    let Known(codes, at) = group.view.scalar("Matcher") else { return None };
    let mut numbers = codes.split([',', '-']).filter_map(|code| code.trim().parse::<i64>().ok());
    let wrong = numbers.find(|code| !(low..=high).contains(code))?;
    Some(
        Finding::at(at, format!("the code `{wrong}` is none that this health check takes"))
            .label(place, format!("the target group's protocol is `{protocol}`"))
            .help(format!("name codes from {low} to {high}")),
    )
}

fn foreign_stickiness(group: TargetGroup) -> Option<Finding> {
    let sticky = group.view.object("Stickiness").known()?;
    if !matches!(sticky.bool("Enabled"), Known(true, _) | Missing) {
        return None;
    }
    let Known(kind, at) = sticky.str("Type") else { return None };
    let (place, protocol) = protocol_label(group)?;
    let takes: &[&str] = match protocol {
        "HTTP" | "HTTPS" => &["lb_cookie", "app_cookie"],
        "TCP" | "UDP" | "TCP_UDP" | "TLS" => &["source_ip"],
        _ => return None,
    };
    (!takes.contains(&kind)).then(|| {
        Finding::at(at, format!("the stickiness `{kind}` is none that `{protocol}` has"))
            .label(place, format!("the target group's protocol is `{protocol}`"))
            .help(format!("write `{}`", takes.join("` or `")))
    })
}

/// The numbers that a health check takes.
fn out_of_range(group: TargetGroup<'_>) -> impl Iterator<Item = Finding> {
    let limits = [
        (group.view.field("HealthCheckIntervalSeconds"), 5..=300),
        (group.view.field("HealthCheckTimeoutSeconds"), 2..=120),
        (group.view.field("HealthyThresholdCount"), 2..=10),
        (group.view.field("UnhealthyThresholdCount"), 2..=10),
    ];
    limits.into_iter().filter_map(|(field, range)| {
        let (number, at) = outside(field, &range)?;
        let (low, high) = (range.start(), range.end());
        Some(Finding::at(at, format!("`{field}` is `{number}`, but it must be from {low} to {high}")))
    })
}

fn wrong_port(group: TargetGroup) -> Option<Finding> {
    let Known(port, at) = group.health_check_port() else { return None };
    let is_port = port.parse().is_ok_and(|port: u32| (1..=65_535).contains(&port));
    (port != "traffic-port" && !is_port).then(|| {
        Finding::at(at, format!("the health check's port `{port}` is none"))
            .help("write a port from 1 to 65535, or `traffic-port`")
    })
}
