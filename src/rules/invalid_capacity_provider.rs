//! See `rules/invalid-capacity-provider.md`.

use super::prelude::*;
use super::support::range::outside;
use crate::model::{Kind, Resource};

/// Reports capacity providers with a reserved name or invalid scaling settings.
pub fn check(project: &Project, report: &mut Report) {
    for resource in project.of(Kind::CapacityProvider) {
        let view = project.view(resource);
        let group = view.object("autoScalingGroupProvider").known();
        let scaling = group.and_then(|group| group.object("managedScaling").known());
        report.extend([
            reserved_name(view),
            wrong_kind(resource, view),
            scaling.and_then(inverted_steps),
            group.and_then(|group| unprotected(project, group)),
        ]);
        report.extend(scaling.into_iter().flat_map(out_of_range));
        report.extend(enclaves_with_local_storage(view));
    }
}

/// Reports a resource in Terraform that is neither of the two kinds of capacity provider, both, or in the wrong scope.
fn wrong_kind(resource: &Resource, view: View) -> Option<Finding> {
    if !resource.traits.adapts_requests {
        return None;
    }
    let [group, instances, cluster] =
        view.fields(["autoScalingGroupProvider", "managedInstancesProvider", "cluster"]);
    match (group.certainly(), instances.certainly(), cluster.certainly()) {
        (Some(first), Some(second), _) => Some(
            Finding::at(second, format!("`{group}` and `{instances}` cannot both be set"))
                .label(first, format!("`{group}` is set here"))
                .help("define two capacity providers"),
        ),
        (Some(at), None, Some(place)) if instances.is_missing() => Some(
            Finding::at(place, format!("`{cluster}` is not supported with `{group}`"))
                .label(at, "an Auto Scaling group can serve several clusters")
                .help("remove it, and add the capacity provider to those of the cluster"),
        ),
        (None, Some(at), None) if cluster.is_missing() && group.is_missing() => Some(
            Finding::at(at, format!("`{cluster}` is required with `{instances}`"))
                .help(format!("set `{cluster}` to the name of the cluster")),
        ),
        (None, None, _) if group.is_missing() && instances.is_missing() => Some(
            Finding::at(
                resource.header,
                format!("the capacity provider has neither `{group}` nor `{instances}`"),
            )
            .help(format!("add a `{group}` or a `{instances}` block")),
        ),
        _ => None,
    }
}

fn reserved_name(view: View) -> Option<Finding> {
    let Known(name, place) = view.str("name") else { return None };
    let lower = name.to_lowercase();
    let prefix = ["aws", "ecs", "fargate"].into_iter().find(|prefix| lower.starts_with(prefix))?;
    let message = format!("invalid capacity provider name `{name}`: the prefix `{prefix}` is reserved");
    Some(
        Finding::at(place, message).help("choose a name that does not start with `aws`, `ecs`, or `fargate`"),
    )
}

/// Reports Nitro sandboxes together with local storage. Only the documentation rules it out.
fn enclaves_with_local_storage(view: View) -> Option<Finding> {
    let instances = view.object("managedInstancesProvider").then(|it| it.object("instanceLaunchTemplate"));
    let Known(template, _) = instances else { return None };
    let Known(storage, _) = template.object("localStorageConfiguration") else { return None };
    let [enclaves, local] = [template.field("nitroEnclavesEnabled"), storage.field("useLocalStorage")];
    let (Known(true, at), Known(true, place)) = (enclaves.bool(), local.bool()) else { return None };
    let message = format!("`{local}` is not supported with `{enclaves}`");
    Some(
        Finding::at(place, message)
            .label(at, "Nitro sandboxes are enabled")
            .help(format!("set `{local}` or `{enclaves}` to `false`"))
            .warning(),
    )
}

fn inverted_steps(scaling: View) -> Option<Finding> {
    let [minimum, maximum] = scaling.fields(["minimumScalingStepSize", "maximumScalingStepSize"]);
    let (Known(least, least_at), Known(most, place)) = (minimum.int(), maximum.int()) else {
        return None;
    };
    (least > most).then(|| {
        Finding::at(place, format!("`{maximum}` of {most} is less than `{minimum}` of {least}"))
            .label(least_at, format!("minimum step size {least}"))
            .help("increase the maximum, or decrease the minimum")
    })
}

fn out_of_range(scaling: View) -> impl Iterator<Item = Finding> {
    let limits = [
        (scaling.field("minimumScalingStepSize"), 1..=10_000, ""),
        (scaling.field("maximumScalingStepSize"), 1..=10_000, ""),
        (scaling.field("targetCapacity"), 1..=100, ""),
        (scaling.field("instanceWarmupPeriod"), 0..=10_000, " seconds"),
    ];
    limits.into_iter().filter_map(|(field, range, unit)| {
        let (number, place) = outside(field, &range)?;
        let (least, most) = (range.start(), range.end());
        let message = format!("`{field}` must be between {least} and {most}{unit} (got {number})");
        Some(Finding::at(place, message))
    })
}

/// Reports managed termination protection for a group that does not protect its instances from scale-in.
fn unprotected(project: &Project, group: View) -> Option<Finding> {
    let Known("ENABLED", place) = group.str("managedTerminationProtection") else { return None };
    let entry = group.entry("autoScalingGroupArn")?;
    let instances = project.instances_of(&entry.value)?;
    let protection = instances.field("NewInstancesProtectedFromScaleIn");
    let (at, label) = match protection.bool() {
        Known(false, at) => (at, format!("`{protection}` is `false`")),
        Missing => (instances.place(), format!("no `{protection}`")),
        Known(true, _) | Unknown(_) => return None,
    };
    let message =
        "managed termination protection requires an Auto Scaling group with instance scale-in protection";
    Some(Finding::at(place, message).label(at, label).help(format!(
        "set `{protection}` to `true` in the Auto Scaling group, or disable managed termination protection"
    )))
}
