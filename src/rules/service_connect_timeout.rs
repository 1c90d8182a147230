//! See `rules/service-connect-timeout.md`.

use super::prelude::*;

/// Reports Service Connect settings that the protocol does not support, or that require another setting.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(connect) = service.connect() else { continue };
        for item in connect.list("services").objects() {
            report.extend([timeout_over_tcp(item, service), tls_without_authority(item)]);
        }
        report.extend(access_logs_to_nowhere(connect));
    }
}

fn tls_without_authority(item: View) -> Option<Finding> {
    let Known(tls, place) = item.object("tls") else { return None };
    let authority = tls.field("issuerCertificateAuthority");
    authority.is_missing().then(|| {
        Finding::at(place, format!("TLS requires `{authority}`, which issues its certificates"))
            .help(format!("set `{authority}` to a private certificate authority"))
    })
}

fn access_logs_to_nowhere(connect: View) -> Option<Finding> {
    let Known(_, place) = connect.object("accessLogConfiguration") else { return None };
    let log = connect.field("logConfiguration");
    log.is_missing().then(|| {
        Finding::at(place, format!("access logs require `{log}`, which defines where they are sent"))
            .help(format!("set `{log}`"))
    })
}

fn timeout_over_tcp(item: View, service: Service) -> Option<Finding> {
    let Known(timeout, _) = item.object("timeout") else { return None };
    let field = timeout.field("perRequestTimeoutSeconds");
    let Known(seconds @ 1.., place) = field.int() else { return None };
    let Known(name, _) = item.str("portName") else { return None };
    let task = service.task().known()?;
    let mut mappings = task.containers().flat_map(Container::port_mappings);
    let mapping = mappings.find(|mapping| mapping.view.str("name").known() == Some(name))?;
    let protocol = mapping.view.field("appProtocol");
    protocol.is_missing().then(|| {
        Finding::at(
            place,
            format!("`{field}` is {seconds} seconds, but port `{name}` uses TCP, which has no requests"),
        )
        .label(mapping.anchor(), format!("no `{protocol}`, so the port uses TCP"))
        .help(format!(
            "set `{protocol}` of the port mapping to `http`, `http2`, or `grpc`, or remove the timeout"
        ))
    })
}
