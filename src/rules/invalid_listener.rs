//! See `rules/invalid-listener.md`.

use super::prelude::*;
use super::support::duplicates;
use super::support::limit::first_beyond;
use super::support::range::outside;
use crate::model::{Kind, Resource, are_certainly_two};
use crate::value::Node;

/// Maximum number of target groups in a forward action.
const MAX_GROUPS: usize = 5;

/// The member that each type of action requires.
const CONFIGURATIONS: [(&str, &str); 4] = [
    ("redirect", "RedirectConfig"),
    ("fixed-response", "FixedResponseConfig"),
    ("authenticate-cognito", "AuthenticateCognitoConfig"),
    ("authenticate-oidc", "AuthenticateOidcConfig"),
];

/// Reports listeners without a certificate, with incomplete actions, or on a port that is in use.
pub fn check(project: &Project, report: &mut Report) {
    for resource in project.of(Kind::Listener).chain(project.of(Kind::ListenerRule)) {
        let view = project.view(resource);
        for actions in ["DefaultActions", "Actions"].map(|key| view.list(key)) {
            report.extend(actions.objects().flat_map(of_action));
        }
        report.extend(wrong_port(view.field("Port")));
        report.extend(certificate_elsewhere(project, resource));
    }
    // The output of AWS contains certificates in another form.
    let declared = project.of(Kind::Listener).filter(|listener| listener.is_declared());
    let declared: Vec<Declared> =
        declared.filter_map(|resource| declared_listener(project, resource)).collect();
    report.extend(declared.iter().map(|listener| without_certificate(*listener)));
    let certain = declared.into_iter().filter(|listener| !listener.resource.may_be_several());
    let conflicts = duplicates::by(certain, is_same_port);
    report.extend(conflicts.map(|(first, second)| port_in_use(first, second)));
}

fn wrong_port(field: Field) -> Option<Finding> {
    let (port, at) = outside(field, &(1..=65535))?;
    Some(Finding::at(at, format!("`{field}` must be between 1 and 65535 (got {port})")))
}

/// Reports a certificate in another Region than the listener.
fn certificate_elsewhere<'a>(project: &Project<'a>, listener: &'a Resource) -> Option<Finding> {
    let (arn, at) = project.view(listener).str("CertificateArn").known_at()?;
    let there = arn.strip_prefix("arn:aws:acm:")?.split(':').next()?;
    let own = project.region(listener)?;
    let here = own.as_str().filter(|here| *here != there)?;
    Some(
        Finding::at(at, format!("the certificate is in Region `{there}`, but the listener is in `{here}`"))
            .label(own, "the Region of the listener")
            .help(format!("use a certificate of Region `{here}`")),
    )
}

/// A listener, and its load balancer.
#[derive(Clone, Copy)]
struct Declared<'a> {
    resource: &'a Resource,
    view: View<'a>,
    balancer: &'a Node,
}

fn declared_listener<'a>(project: &Project<'a>, resource: &'a Resource) -> Option<Declared<'a>> {
    let view = project.view(resource);
    Some(Declared { resource, view, balancer: &view.entry("LoadBalancerArn")?.value })
}

fn without_certificate(listener: Declared) -> Option<Finding> {
    let Known(protocol @ ("HTTPS" | "TLS"), at) = listener.view.str("Protocol") else { return None };
    let certificate = listener.view.field("CertificateArn");
    certificate.is_missing().then(|| {
        Finding::at(at, format!("`{certificate}` is required for a listener with the protocol `{protocol}`"))
            .help(format!("set `{certificate}` to the ARN of a certificate"))
    })
}

/// Returns whether both listeners have the same port of the same load balancer. Protocols of different layers are not compared.
fn is_same_port(one: Declared, other: Declared) -> bool {
    let port = |listener: Declared| listener.view.int("Port").known();
    let is_http = |listener: Declared| matches!(listener.view.str("Protocol"), Known("HTTP" | "HTTPS", _));
    let is_same_protocol = match [one, other].map(|listener| listener.view.entry("Protocol")) {
        [Some(one), Some(other)] => one.value.certainly_equals(&other.value),
        _ => false,
    };
    (is_same_protocol || (is_http(one) && is_http(other)))
        && port(one).is_some_and(|known| port(other) == Some(known))
        && one.resource.is_deployed_with(other.resource)
        && one.balancer.certainly_equals(other.balancer)
}

fn port_in_use(first: Declared, second: Declared) -> Option<Finding> {
    let (Known(port, at), Known(_, first_at)) = (second.view.int("Port"), first.view.int("Port")) else {
        return None;
    };
    let finding = Finding::at(at, format!("port {port} of the load balancer has 2 listeners"));
    let finding = duplicates::label_first(finding, at, first_at);
    Some(finding.help("use another port, or add a rule to the first listener"))
}

fn of_action(action: View) -> [Option<Finding>; 3] {
    [incomplete(action), two_forwards(action), too_many_groups(action)]
}

fn incomplete(action: View) -> Option<Finding> {
    let Known(kind, at) = action.str("Type") else { return None };
    if kind == "forward" {
        let [group, forward] = action.fields(["TargetGroupArn", "ForwardConfig"]);
        let is_incomplete = group.is_missing() && forward.is_missing();
        return is_incomplete.then(|| {
            let message = format!("an action of type `forward` requires `{group}` or `{forward}`");
            Finding::at(at, message).help(format!("set `{group}` to the ARN of a target group"))
        });
    }
    let (_, key) = CONFIGURATIONS.into_iter().find(|(name, _)| *name == kind)?;
    let configuration = action.field(key);
    let form = if action.is_block() { " block" } else { "" };
    configuration.is_missing().then(|| {
        Finding::at(at, format!("an action of type `{kind}` requires a `{configuration}`{form}"))
            .help(format!("add a `{configuration}`{form}"))
    })
}

/// Reports a target group next to a list of others. Both forms are accepted for the same one.
fn two_forwards(action: View) -> Option<Finding> {
    let entry = action.entry("TargetGroupArn")?;
    let groups = action.object("ForwardConfig").known()?.list("TargetGroups");
    let named = groups.objects().filter_map(|group| group.entry("TargetGroupArn"));
    let other = named.map(|group| &group.value).find(|group| are_certainly_two(group, &entry.value))?;
    let forward = action.field("ForwardConfig");
    Some(
        Finding::at(
            &entry.value,
            format!("`{}` and `{forward}` name different target groups", entry.written),
        )
        .label(other, "another target group")
        .help(format!("remove `{}`, and list all target groups in `{forward}`", entry.written)),
    )
}

fn too_many_groups(action: View) -> Option<Finding> {
    let groups = action.object("ForwardConfig").known()?.list("TargetGroups");
    let (first, count) = first_beyond(groups.iter(), MAX_GROUPS)?;
    let message = format!("a forward action can have at most {MAX_GROUPS} target groups (got {count})");
    Some(Finding::at(first.place(), message))
}
