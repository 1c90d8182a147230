//! See `rules/invalid-gateway-connector.md`.

use super::prelude::*;
use super::support::ports::unknown_name;

/// Reports gateway connectors that do not match the task definition, or whose health check contradicts itself.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let connectors = service.view.list("gatewayConnectors");
        for connector in connectors.objects() {
            if let Some(task) = service.task().known() {
                report.extend(unknown_name(connector, task));
            }
            let Known(health, _) = connector.object("healthCheck") else { continue };
            report.extend([slow_timeout(health), two_matchers(health)]);
        }
        report.extend(wrong_network_mode(service, connectors));
    }
}

fn wrong_network_mode(service: Service, connectors: List) -> Option<Finding> {
    let (first, task) = (connectors.objects().next()?, service.task().known()?);
    let Known(mode, at) = task.network_mode() else { return None };
    let field = task.view.field("networkMode");
    (mode != NetworkMode::Awsvpc).then(|| {
        Finding::at(
            first.opening(),
            format!("a gateway requires `awsvpc` network mode (got `{}`)", mode.name()),
        )
        .label(at, task.network_mode_reason())
        .help(format!("set `{field}` in the task definition to `awsvpc`"))
    })
}

fn slow_timeout(health: View) -> Option<Finding> {
    let [timeout, interval] = health.fields(["healthCheckTimeoutSeconds", "healthCheckIntervalSeconds"]);
    let (Known(longest, place), Known(every, at)) = (timeout.int(), interval.int()) else { return None };
    (longest >= every).then(|| {
        let message =
            format!("`{timeout}` must be less than `{interval}` (got {longest} and {every} seconds)");
        Finding::at(place, message)
            .label(at, format!("interval {every} seconds"))
            .help(format!("lower `{timeout}`, or raise `{interval}`"))
    })
}

fn two_matchers(health: View) -> Option<Finding> {
    let Known(matcher, _) = health.object("matcher") else { return None };
    let [http, grpc] = matcher.fields(["httpCode", "grpcCode"]);
    let (at, place) = (http.certainly()?, grpc.certainly()?);
    Some(
        Finding::at(place, format!("`{http}` and `{grpc}` cannot both be set"))
            .label(at, "the other one")
            .help(format!("remove `{http}` or `{grpc}`")),
    )
}
