//! See `rules/invalid-target-group.md`.

use super::prelude::*;
use super::support::balancer_names::invalid_names;
use super::support::range::outside;
use crate::model::Kind;

/// Reports target groups that Elastic Load Balancing does not accept.
pub fn check(project: &Project, report: &mut Report) {
    for resource in project.of(Kind::TargetGroup) {
        let group = TargetGroup::new(*project, resource);
        report.extend([
            without_port(group),
            without_vpc(group),
            timeout_not_shorter(group),
            tcp_check(group),
            wrong_path(group),
            slow_start(group),
            cookie_name(group),
            disabled_check(group),
            impossible_code(group),
            foreign_stickiness(group),
            wrong_port(group),
        ]);
        report.extend(out_of_range(group));
        report.extend(invalid_names(resource, group.view));
    }
}

/// Maximum length of a health check path, in characters.
const MAX_PATH: usize = 1024;

/// The prefixes of the names of Elastic Load Balancing's own cookies.
const RESERVED_COOKIES: [&str; 3] = ["AWSALBAPP", "AWSALBTG", "AWSALB"];

fn is_http(protocol: &str) -> bool {
    matches!(protocol, "HTTP" | "HTTPS")
}

/// Returns the protocol of the target group, and its place, for use in a label.
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
    let message = format!("`{missing}` is required for a target group of type `{kind}`");
    let help = format!("set `{missing}` to the {} on which the targets receive traffic", missing.name());
    Some(Finding::at(group.anchor(), message).help(help))
}

fn without_vpc(group: TargetGroup) -> Option<Finding> {
    let Known(kind @ ("instance" | "ip" | "alb"), _) = group.target_type() else { return None };
    let vpc = group.view.field("VpcId");
    vpc.is_missing().then(|| {
        Finding::at(group.anchor(), format!("`{vpc}` is required for a target group of type `{kind}`"))
            .help(format!("set `{vpc}` to the VPC of the targets"))
    })
}

fn wrong_path(group: TargetGroup) -> Option<Finding> {
    let Known(path, at) = group.view.str("HealthCheckPath") else { return None };
    if !path.starts_with('/') {
        let message = format!("invalid health check path `{path}`: a path must start with `/`");
        return Some(Finding::at(at, message).help(format!("use `/{path}`")));
    }
    let length = path.chars().count();
    let message = format!("a health check path can have at most {MAX_PATH} characters (got {length})");
    (length > MAX_PATH).then(|| Finding::at(at, message))
}

fn slow_start(group: TargetGroup) -> Option<Finding> {
    let field = group.view.field("SlowStart");
    let (seconds, at) = field.int().known_at()?;
    let message = format!("`{field}` must be 0 or between 30 and 900 seconds (got {seconds})");
    (seconds != 0 && !(30..=900).contains(&seconds)).then(|| Finding::at(at, message))
}

/// Reports a missing or reserved name of an application cookie.
fn cookie_name(group: TargetGroup) -> Option<Finding> {
    let sticky = group.view.object("Stickiness").known()?;
    let Known("app_cookie", at) = sticky.str("Type") else { return None };
    let field = sticky.field("CookieName");
    if let Known(name, place) = field.str() {
        let prefix = RESERVED_COOKIES.iter().find(|prefix| name.starts_with(*prefix))?;
        let message = format!("invalid cookie name `{name}`: the prefix `{prefix}` is reserved");
        return Some(Finding::at(place, message).help("use the name of the application's own cookie"));
    }
    field.is_missing().then(|| {
        Finding::at(at, format!("`{field}` is required for stickiness of type `app_cookie`"))
            .help(format!("set `{field}` to the name of the application's cookie"))
    })
}

/// Reports a timeout that is too long for the interval. It must be shorter only for HTTP: Network Load Balancers once had
/// a timeout and an interval of 10 seconds.
fn timeout_not_shorter(group: TargetGroup) -> Option<Finding> {
    let (Known(timeout, timeout_at), Known(interval, interval_at)) =
        (group.health_check_timeout(), group.health_check_interval())
    else {
        return None;
    };
    let (_, protocol) = protocol_label(group)?;
    let (is_wrong, must) = if is_http(protocol) {
        (timeout >= interval, "be less than")
    } else {
        (timeout > interval, "not be greater than")
    };
    let (at, other, label) = if group.view.entry("HealthCheckTimeoutSeconds").is_none() {
        (interval_at, timeout_at, format!("the timeout is {timeout} seconds by default"))
    } else if group.view.entry("HealthCheckIntervalSeconds").is_none() {
        (timeout_at, interval_at, format!("the interval is {interval} seconds by default"))
    } else {
        (timeout_at, interval_at, format!("the interval is {interval} seconds"))
    };
    is_wrong.then(|| {
        Finding::at(
            at,
            format!(
                "the health check timeout ({timeout} seconds) must {must} the interval ({interval} seconds)"
            ),
        )
        .label(other, label)
        .help("decrease the timeout, or increase the interval")
    })
}

/// Reports a TCP health check with a path, or of an HTTP target group.
fn tcp_check(group: TargetGroup) -> Option<Finding> {
    let Known("TCP", at) = group.view.str("HealthCheckProtocol") else { return None };
    for (key, what) in [("HealthCheckPath", "path"), ("Matcher", "matcher")] {
        if let Known(value, place) = group.view.scalar(key) {
            return Some(
                Finding::at(place, format!("{what} `{value}` is not supported for a TCP health check"))
                    .label(at, "the health check protocol is `TCP`")
                    .help(format!("remove the {what}, or use an `HTTP` health check")),
            );
        }
    }
    let (place, protocol) = protocol_label(group).filter(|(_, protocol)| is_http(protocol))?;
    Some(
        Finding::at(at, format!("a TCP health check is not supported for an `{protocol}` target group"))
            .label(place, format!("the target group protocol is `{protocol}`"))
            .help("use an `HTTP` or `HTTPS` health check"),
    )
}

fn disabled_check(group: TargetGroup) -> Option<Finding> {
    let Known(false, at) = group.view.bool("HealthCheckEnabled") else { return None };
    let Known(kind @ ("instance" | "ip"), place) = group.target_type() else { return None };
    Some(
        Finding::at(at, format!("the health check of a target group of type `{kind}` cannot be disabled"))
            .label(place, format!("the target type is `{kind}`"))
            .help("enable the health check"),
    )
}

/// Reports health check codes out of range. The protocol implies the type of the load balancer.
fn impossible_code(group: TargetGroup) -> Option<Finding> {
    let (place, protocol) = protocol_label(group)?;
    let version = group.view.str("ProtocolVersion");
    let (low, high, codes_of) = match (protocol, version) {
        ("HTTP" | "HTTPS", Missing | Known("HTTP1" | "HTTP2", _)) => (200, 499, "HTTP"),
        ("HTTP" | "HTTPS", Known("GRPC", _)) => (0, 99, "gRPC"),
        ("TCP" | "TLS" | "UDP" | "TCP_UDP", _) => (200, 599, "HTTP"),
        _ => return None,
    };
    let Known(codes, at) = group.view.scalar("Matcher") else { return None };
    let mut numbers = codes.split([',', '-']).filter_map(|code| code.trim().parse::<i64>().ok());
    let wrong = numbers.find(|code| !(low..=high).contains(code))?;
    let message = format!("{codes_of} health check codes must be between {low} and {high} (got {wrong})");
    Some(Finding::at(at, message).label(place, format!("the target group protocol is `{protocol}`")))
}

fn foreign_stickiness(group: TargetGroup) -> Option<Finding> {
    let sticky = group.view.object("Stickiness").known()?;
    if !matches!(sticky.bool("Enabled"), Known(true, _) | Missing) {
        return None;
    }
    let Known(kind, at) = sticky.str("Type") else { return None };
    let (place, protocol) = protocol_label(group)?;
    let types: &[&str] = match protocol {
        "HTTP" | "HTTPS" => &["lb_cookie", "app_cookie"],
        "TCP" | "UDP" | "TCP_UDP" | "TLS" => &["source_ip"],
        _ => return None,
    };
    (!types.contains(&kind)).then(|| {
        Finding::at(at, format!("stickiness type `{kind}` is not supported for `{protocol}` target groups"))
            .label(place, format!("the target group protocol is `{protocol}`"))
            .help(format!("use `{}`", types.join("` or `")))
    })
}

/// Reports health check numbers out of range.
fn out_of_range(group: TargetGroup<'_>) -> impl Iterator<Item = Finding> {
    let limits = [
        (group.view.field("HealthCheckIntervalSeconds"), 5..=300, " seconds"),
        (group.view.field("HealthCheckTimeoutSeconds"), 2..=120, " seconds"),
        (group.view.field("HealthyThresholdCount"), 2..=10, ""),
        (group.view.field("UnhealthyThresholdCount"), 2..=10, ""),
        (group.view.field("DeregistrationDelay"), 0..=3600, " seconds"),
        (group.view.field("Port"), 1..=65_535, ""),
    ];
    limits.into_iter().filter_map(|(field, range, unit)| {
        let (number, at) = outside(field, &range)?;
        let (low, high) = (range.start(), range.end());
        Some(Finding::at(at, format!("`{field}` must be between {low} and {high}{unit} (got {number})")))
    })
}

fn wrong_port(group: TargetGroup) -> Option<Finding> {
    let Known(port, at) = group.health_check_port() else { return None };
    let is_port = port.parse().is_ok_and(|port: u32| (1..=65_535).contains(&port));
    (port != "traffic-port" && !is_port).then(|| {
        Finding::at(at, format!("invalid health check port `{port}`"))
            .help("use a port between 1 and 65535, or `traffic-port`")
    })
}
