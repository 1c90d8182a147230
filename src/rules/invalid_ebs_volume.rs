//! See `rules/invalid-ebs-volume.md`.

use super::prelude::*;

/// The maximum size in GiB according to the ECS API reference. EC2 supports larger `gp3` and `io2` volumes, and ECS passes the
/// size on to EC2.
const DOCUMENTED: i64 = 16384;

/// Reports managed EBS volumes without a size, or with settings that their type does not support.
pub fn check(project: &Project, report: &mut Report) {
    for volume in project.services().flat_map(Service::ebs_volumes) {
        report.extend([
            no_size(volume),
            wrong_iops(volume),
            wrong_throughput(volume),
            wrong_size(volume),
            rate_without_snapshot(volume),
        ]);
    }
}

/// Returns the volume's type, which is `gp3` by default.
fn kind(volume: View<'_>) -> Value<&str> {
    match volume.str("volumeType") {
        Missing => Known("gp3", volume.place()),
        kind => kind,
    }
}

fn kind_label(volume: View) -> String {
    match volume.str("volumeType") {
        Known(kind, _) => format!("the volume type is `{kind}`"),
        _ => "the volume type is `gp3` by default".to_owned(),
    }
}

fn no_size(volume: View) -> Option<Finding> {
    let [size, snapshot] = volume.fields(["sizeInGiB", "snapshotId"]);
    (size.is_missing() && snapshot.is_missing()).then(|| {
        Finding::at(volume.place(), format!("the volume has neither `{size}` nor `{snapshot}`"))
            .help(format!("set `{size}` to the size in GiB"))
    })
}

fn wrong_iops(volume: View) -> Option<Finding> {
    let Known(kind, kind_at) = kind(volume) else { return None };
    let iops = volume.field("iops");
    match (kind, iops.any()) {
        ("gp2" | "st1" | "sc1" | "standard", Known(_, place)) => Some(
            Finding::at(place, format!("`{iops}` is not supported for volume type `{kind}`"))
                .label(kind_at, kind_label(volume))
                .help(format!("remove `{iops}`, or use `gp3`, `io1`, or `io2`")),
        ),
        ("io1" | "io2", Missing) => Some(
            Finding::at(kind_at, format!("`{iops}` is required for volume type `{kind}`"))
                .help(format!("set `{iops}`")),
        ),
        _ => None,
    }
}

fn wrong_throughput(volume: View) -> Option<Finding> {
    let Known(kind, kind_at) = kind(volume) else { return None };
    let throughput = volume.field("throughput");
    let Known(_, place) = throughput.any() else { return None };
    (kind != "gp3").then(|| {
        Finding::at(place, format!("`{throughput}` is not supported for volume type `{kind}`"))
            .label(kind_at, kind_label(volume))
            .help(format!("remove `{throughput}`, or use `gp3`"))
    })
}

fn wrong_size(volume: View) -> Option<Finding> {
    let field = volume.field("sizeInGiB");
    let (Known(kind, kind_at), Known(size, place)) = (kind(volume), field.int()) else { return None };
    let (least, most) = match kind {
        "gp2" => (1, DOCUMENTED),
        "gp3" => (1, 65536),
        "io1" => (4, DOCUMENTED),
        "io2" => (4, 65536),
        "st1" | "sc1" => (125, DOCUMENTED),
        "standard" => (1, 1024),
        _ => return None,
    };
    if (least..=most).contains(&size) {
        return undocumented_size(volume, kind_at);
    }
    let message =
        format!("`{field}` must be between {least} and {most} GiB for volume type `{kind}` (got {size})");
    Some(Finding::at(place, message).label(kind_at, kind_label(volume)))
}

/// Reports a size that EC2 supports, but that the ECS API reference does not mention.
fn undocumented_size(volume: View, kind_at: Place) -> Option<Finding> {
    let field = volume.field("sizeInGiB");
    let Known(size, place) = field.int() else { return None };
    (size > DOCUMENTED).then(|| {
        let message = format!(
            "`{field}` is {size} GiB, but ECS documents at most {DOCUMENTED} GiB for managed volumes"
        );
        Finding::at(place, message).label(kind_at, kind_label(volume)).warning()
    })
}

fn rate_without_snapshot(volume: View) -> Option<Finding> {
    let [rate, snapshot] = volume.fields(["volumeInitializationRate", "snapshotId"]);
    let Known(_, place) = rate.any() else { return None };
    snapshot.is_missing().then(|| {
        Finding::at(place, format!("`{rate}` requires `{snapshot}`, which is not set"))
            .help(format!("remove `{rate}`, or set `{snapshot}`"))
    })
}
