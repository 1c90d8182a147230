//! See `rules/invalid-scaling-target.md`.

use super::prelude::*;
use crate::address::ResourceRef;
use crate::model::reference::ref_kind;
use crate::model::{Kind, RefKind, Resource};
use crate::suggest::is_typo;
use crate::value::{Node, Unknown as Reason};

/// The only dimension of a service that can scale.
const DIMENSION: &str = "ecs:service:DesiredCount";

/// Reports autoscaling targets that Application Auto Scaling does not accept for a service.
pub fn check(project: &Project, report: &mut Report) {
    for target in project.of(Kind::ScalableTarget) {
        let view = project.view(target);
        report.extend([inverted_bounds(view), negative(view)]);
        if let Known("ecs", at) = view.str("ServiceNamespace") {
            report.extend([wrong_dimension(view, at), wrong_identifier(view)]);
            report.extend(misspelled_service(project, target));
        }
    }
}

fn inverted_bounds(view: View) -> Option<Finding> {
    let [least, most] = view.fields(["MinCapacity", "MaxCapacity"]);
    let ((low, low_at), (high, at)) = (least.int().known_at()?, most.int().known_at()?);
    (low > high).then(|| {
        Finding::at(at, format!("`{most}` of {high} is less than `{least}` of {low}"))
            .label(low_at, format!("`{least}` is {low}"))
            .help("increase the maximum, or decrease the minimum")
    })
}

fn negative(view: View) -> Option<Finding> {
    let field = view.field("MinCapacity");
    let (count, at) = field.int().known_at()?;
    (count < 0).then(|| Finding::at(at, format!("`{field}` must be at least 0 (got {count})")))
}

fn wrong_dimension(view: View, namespace: Place) -> Option<Finding> {
    let field = view.field("ScalableDimension");
    let (dimension, at) = field.str().known_at()?;
    (dimension != DIMENSION).then(|| {
        Finding::at(at, format!("invalid `{field}` `{dimension}`: expected `{DIMENSION}`"))
            .label(namespace, "the namespace is `ecs`")
            .fix(Safety::Unsafe, format!("set `{field}` to `{DIMENSION}`"), field.set(DIMENSION))
    })
}

fn wrong_identifier(view: View) -> Option<Finding> {
    let entry = view.entry("ResourceId")?;
    let help = "use `service/CLUSTER/SERVICE` with the names of the cluster and the service";
    let finding = |message: String| Some(Finding::at(&entry.value, message).help(help));
    // Application Auto Scaling accepts ARNs, and does not scale the service.
    if let Some(of) = arn_in(&entry.value) {
        return finding(format!("`{}` requires names, but it contains the ARN of `{of}`", entry.written));
    }
    let (id, _) = view.str("ResourceId").known_at()?;
    if id.contains("arn:") {
        let message = format!("`{}` requires names, but `{id}` contains an ARN", entry.written);
        return finding(message);
    }
    let steps: Vec<&str> = id.split('/').collect();
    let is_valid =
        matches!(steps.as_slice(), ["service", cluster, service] if ![*cluster, *service].contains(&""));
    if is_valid { None } else { finding(format!("invalid `{}` `{id}`", entry.written)) }
}

/// Warns of the name of a service that differs by a typo from one in the files. The account could have a service with that name.
fn misspelled_service(project: &Project, target: &Resource) -> Option<Finding> {
    let entry = project.view(target).entry("ResourceId")?;
    let end = entry.value.known_end();
    let (_, name) = end.rsplit_once('/')?;
    let services: Vec<_> = project
        .in_unit_of(target, Kind::Service)
        .map(|service| project.view(service).str("serviceName").known())
        .collect::<Option<_>>()?;
    let near = services.iter().find(|other| is_typo(name, other)).filter(|_| !services.contains(&name))?;
    let message = format!("no service in the files has the name `{name}`");
    Some(Finding::at(&entry.value, message).help(format!("did you mean `{near}`?")).warning())
}

/// Returns the cluster or service whose ARN the identifier contains.
fn arn_in(id: &Node) -> Option<ResourceRef> {
    let arn_of = |why: &Reason| match why {
        Reason::Attribute { of, attribute } if matches!(attribute.as_str(), "id" | "arn") => {
            let kind = ref_kind(of)?;
            [Kind::Cluster, Kind::Service].map(RefKind::Request).contains(&kind).then(|| of.clone())
        }
        _ => None,
    };
    id.unknowns().find_map(arn_of)
}
