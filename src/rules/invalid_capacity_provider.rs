//! See `rules/invalid-capacity-provider.md`.

use super::prelude::*;
use super::support::range::outside;
use crate::model::Kind;

/// Reports capacity providers of a reserved name, and scaling that cannot be.
pub fn check(project: &Project, report: &mut Report) {
    for resource in project.of(Kind::CapacityProvider) {
        let view = project.view(resource);
        let group = view.object("autoScalingGroupProvider").known();
        let scaling = group.and_then(|group| group.object("managedScaling").known());
        report.extend([
            reserved_name(view),
            scaling.and_then(inverted_steps),
            group.and_then(|group| unprotected(project, group)),
        ]);
        report.extend(scaling.into_iter().flat_map(out_of_range));
    }
}

fn reserved_name(view: View) -> Option<Finding> {
    let Known(name, place) = view.str("name") else { return None };
    let lower = name.to_lowercase();
    let prefix = ["aws", "ecs", "fargate"].into_iter().find(|prefix| lower.starts_with(prefix))?;
    let message =
        format!("the name `{name}` of a capacity provider begins with `{prefix}`, which is AWS's own");
    Some(Finding::at(place, message).help("begin it with another word"))
}

fn inverted_steps(scaling: View) -> Option<Finding> {
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

fn out_of_range(scaling: View) -> impl Iterator<Item = Finding> {
    let limits = [
        (scaling.field("minimumScalingStepSize"), 1..=10_000),
        (scaling.field("maximumScalingStepSize"), 1..=10_000),
        (scaling.field("targetCapacity"), 1..=100),
        (scaling.field("instanceWarmupPeriod"), 0..=10_000),
    ];
    limits.into_iter().filter_map(|(field, range)| {
        let (number, place) = outside(field, &range)?;
        let help = format!("it is {} to {}", range.start(), range.end());
        Some(Finding::at(place, format!("`{field}` cannot be {number}")).help(help))
    })
}

/// Termination protection works by the protection that the group gives its instances.
fn unprotected(project: &Project, group: View) -> Option<Finding> {
    let Known("ENABLED", place) = group.str("managedTerminationProtection") else { return None };
    let entry = group.entry("autoScalingGroupArn")?;
    let instances = project.instances_of(&entry.value)?;
    let protection = instances.field("NewInstancesProtectedFromScaleIn");
    let (protects, at) = match protection.bool() {
        Known(flag, at) => (flag, at),
        Missing => (false, instances.place()),
        Unknown(_) => return None,
    };
    (!protects).then(|| {
        Finding::at(place, "managed termination protection for a group that does not protect its instances")
            .label(at, format!("no `{protection}`"))
            .help("let the Auto Scaling group protect its instances from scale-in, or switch the protection off here")
    })
}
