//! See `rules/invalid-discovery-health-check.md`.

use super::prelude::*;
use crate::model::reference::is_declared;
use crate::model::{Kind, RefKind};

/// Reports Cloud Map services with health checks that Cloud Map does not accept.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.of(Kind::DiscoveryService) {
        let view = project.view(service);
        report.extend(both(view).or_else(|| in_private_namespace(view)));
    }
}

fn both(view: View) -> Option<Finding> {
    let [checked, custom] = view.fields(["HealthCheckConfig", "HealthCheckCustomConfig"]);
    let (at, other) = (checked.certainly()?, custom.certainly()?);
    Some(
        Finding::at(at, format!("`{checked}` and `{custom}` cannot both be set"))
            .label(other, format!("`{custom}` is set here"))
            .help(format!("remove `{checked}`; ECS reports the health of its tasks itself")),
    )
}

fn in_private_namespace(view: View) -> Option<Finding> {
    let [checked, custom] = view.fields(["HealthCheckConfig", "HealthCheckCustomConfig"]);
    let at = checked.certainly()?;
    let dns = view.object("DnsConfig").known();
    let named = view.entry("NamespaceId").or_else(|| dns?.entry("NamespaceId"))?;
    let namespace =
        named.value.resource().filter(|of| is_declared(of, RefKind::Request(Kind::PrivateNamespace)))?;
    let message = format!("`{checked}` is not supported in the private namespace `{namespace}`");
    Some(
        Finding::at(at, message)
            .label(&named.value, "the namespace")
            .help(format!("use `{custom}` instead; ECS reports the health of its tasks itself")),
    )
}
