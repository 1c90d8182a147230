//! See `rules/invalid-vpc-endpoint.md`.

use super::prelude::*;
use crate::model::{Kind, Resource};

/// The services of AWS that have gateway endpoints.
const WITH_GATEWAY: [&str; 3] = ["s3", "dynamodb", "s3express"];

/// Reports VPC endpoints whose type, settings, or Region do not match their service.
pub fn check(project: &Project, report: &mut Report) {
    for endpoint in project.of(Kind::VpcEndpoint) {
        let view = project.view(endpoint);
        report.extend(kind_of_others(endpoint, view).or_else(|| settings_of_others(view)));
        report.extend(in_other_region(project, endpoint));
    }
}

/// The service of AWS that an endpoint is for, such as `ecr.dkr`, and the place of its name.
fn service(view: View<'_>) -> Option<(String, Place)> {
    let entry = view.entry("ServiceName")?;
    let (end, at) = (entry.value.known_end(), Place::from(&entry.value));
    let name = match entry.value.as_str() {
        Some(whole) => whole.strip_prefix("com.amazonaws.")?.split_once('.')?.1,
        // After the Region, which is often unknown.
        None => end.strip_prefix('.')?,
    };
    Some((name.to_owned(), at))
}

/// Reports a gateway endpoint, which is the default type, for a service that only has interface endpoints.
fn kind_of_others(endpoint: &Resource, view: View) -> Option<Finding> {
    let field = view.field("VpcEndpointType");
    let is_gateway = match field.str() {
        Known(kind, _) => kind == "Gateway",
        Missing => endpoint.is_declared(),
        Unknown(_) => false,
    };
    let (name, at) =
        service(view).filter(|(name, _)| is_gateway && !WITH_GATEWAY.contains(&name.as_str()))?;
    let message = format!("`{name}` has no gateway endpoints, only interface endpoints");
    let finding = match field.str() {
        Known(_, kind) => Finding::at(kind, message).label(at, "the service"),
        _ => Finding::at(at, message).label(Place::header(endpoint), "the default type is `Gateway`"),
    };
    Some(finding.help(format!("set `{field}` to `Interface`")))
}

/// Reports members that only the other type of endpoint supports.
fn settings_of_others(view: View) -> Option<Finding> {
    let (kind, kind_at) = view.str("VpcEndpointType").known_at()?;
    let (wrong, whose) = match kind {
        "Gateway" => (["SubnetIds", "SecurityGroupIds"].map(|key| view.given(key)), "gateway"),
        "Interface" => ([view.given("RouteTableIds"), None], "interface"),
        _ => return None,
    };
    let entry = wrong.into_iter().flatten().next()?;
    let message = format!("`{}` is not supported for {whose} endpoints", entry.written);
    Some(
        Finding::at(Place::key(entry), message)
            .label(kind_at, format!("the type is `{kind}`"))
            .help(format!("remove `{}`", entry.written)),
    )
}

/// Reports a service of another Region than that of the endpoint.
fn in_other_region<'a>(project: &Project<'a>, endpoint: &'a Resource) -> Option<Finding> {
    let view = project.view(endpoint);
    let (name, at) = view.str("ServiceName").known_at()?;
    let (region, _) = name.strip_prefix("com.amazonaws.")?.split_once('.')?;
    let own = project.region(endpoint)?;
    let here = own.as_str()?;
    let is_other = is_region(region) && here != region && view.is_missing("ServiceRegion");
    is_other.then(|| {
        Finding::at(at, format!("the service `{name}` does not exist in Region `{here}`"))
            .label(own, "the Region of the endpoint")
            .help(format!("use the service of Region `{here}`"))
    })
}

/// Returns `true` for the name of a Region, which ends with a number.
fn is_region(text: &str) -> bool {
    text.split('-').count() >= 3 && text.ends_with(|last: char| last.is_ascii_digit())
}
