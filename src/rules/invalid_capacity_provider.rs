//! See `rules/invalid-capacity-provider.md`.

use crate::diagnostic::Finding;
use crate::project::{Kind, Project};
use crate::rules::Report;
use crate::value::Value::{self, Known};
use crate::value::View;

/// Reports capacity providers of a reserved name, and scaling that cannot be.
pub fn check(project: &Project, report: &mut Report) {
    for document in project.of(Kind::CapacityProvider) {
        let view = project.view(document);
        let group = view.object("autoScalingGroupProvider").known();
        let scaling = group.and_then(|group| group.object("managedScaling").known());
        let found =
            [reserved(view), scaling.and_then(steps), group.and_then(|group| unprotected(project, group))];
        found.into_iter().flatten().for_each(|finding| report.add(finding));
        scaling.map(ranges).unwrap_or_default().into_iter().for_each(|finding| report.add(finding));
    }
}

fn reserved(view: View) -> Option<Finding> {
    let Known(name, place) = view.str("name") else { return None };
    let lower = name.to_lowercase();
    let prefix = ["aws", "ecs", "fargate"].into_iter().find(|prefix| lower.starts_with(prefix))?;
    let message =
        format!("the name `{name}` of a capacity provider begins with `{prefix}`, which is AWS's own");
    Some(Finding::at(place, message).help("begin it with another word"))
}

fn steps(scaling: View) -> Option<Finding> {
    let (Known(least, least_at), Known(most, place)) =
        (scaling.int("minimumScalingStepSize"), scaling.int("maximumScalingStepSize"))
    else {
        return None;
    };
    (least > most).then(|| {
        Finding::at(place, format!("the largest step, {most}, is smaller than the smallest, {least}"))
            .label(least_at, "the smallest step")
            .help("raise the one, or lower the other")
    })
}

fn ranges(scaling: View) -> Vec<Finding> {
    let limits = [
        ("minimumScalingStepSize", 1, 10_000),
        ("maximumScalingStepSize", 1, 10_000),
        ("targetCapacity", 1, 100),
        ("instanceWarmupPeriod", 0, 10_000),
    ];
    let outside = |(key, least, most): (&str, i64, i64)| {
        let Known(value, place) = scaling.int(key) else { return None };
        let message = format!("`{}` cannot be {value}", scaling.term(key));
        (!(least..=most).contains(&value))
            .then(|| Finding::at(place, message).help(format!("it is {least} to {most}")))
    };
    limits.into_iter().filter_map(outside).collect()
}

/// Termination protection works by the protection that the group gives its instances.
fn unprotected(project: &Project, group: View) -> Option<Finding> {
    let Known("ENABLED", place) = group.str("managedTerminationProtection") else { return None };
    let entry = group.entry("autoScalingGroupArn")?;
    let instances = project.instances_of(&entry.value)?;
    let (protects, at) = match instances.bool("NewInstancesProtectedFromScaleIn") {
        Known(flag, at) => (flag, at),
        Value::Missing => (false, instances.place()),
        Value::Unknown(_) => return None,
    };
    let term = instances.term("NewInstancesProtectedFromScaleIn");
    (!protects).then(|| {
        Finding::at(place, "managed termination protection for a group that does not protect its instances")
            .label(at, format!("no `{term}`"))
            .help("let the Auto Scaling group protect its instances from scale-in, or switch the protection off here")
    })
}
