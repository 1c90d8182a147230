//! See `rules/service-connect-timeout.md`.

use crate::diagnostic::Finding;
use crate::model::Service;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// Reports settings of Service Connect that the protocol does not take, or that lack their other half.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(connect) = service.connect() else { continue };
        for item in connect.list("services").objects() {
            if let Some(finding) = timeout(item, service) {
                report.add(finding);
            }
            if let Known(tls, place) = item.object("tls")
                && tls.any("issuerCertificateAuthority").is_missing()
            {
                let term = tls.term("issuerCertificateAuthority");
                let finding =
                    Finding::at(place, format!("TLS without `{term}`, which signs its certificates"));
                report.add(finding.help(format!("set `{term}` to a private certificate authority")));
            }
        }
        if let Known(_, place) = connect.object("accessLogConfiguration")
            && connect.any("logConfiguration").is_missing()
        {
            let term = connect.term("logConfiguration");
            let finding = Finding::at(place, format!("access logs without `{term}`, so they go nowhere"));
            report.add(finding.help(format!("set `{term}`")));
        }
    }
}

fn timeout(item: View, service: Service) -> Option<Finding> {
    let Known(timeout, _) = item.object("timeout") else { return None };
    let Known(seconds @ 1.., place) = timeout.int("perRequestTimeoutSeconds") else { return None };
    let Known(name, _) = item.str("portName") else { return None };
    let task = service.task().known()?;
    let mut mappings = task.containers().flat_map(|container| container.port_mappings());
    let mapping = mappings.find(|mapping| mapping.view.str("name").known() == Some(name))?;
    let protocol = mapping.view.str("appProtocol");
    protocol.is_missing().then(|| {
        Finding::at(
            place,
            format!("a request may take {seconds} seconds, but port `{name}` is TCP, which has no requests"),
        )
        .label(mapping.title(), "no `appProtocol`, so it is TCP")
        .help("set `appProtocol` of the port mapping to `http`, `http2` or `grpc`, or remove the timeout")
    })
}
