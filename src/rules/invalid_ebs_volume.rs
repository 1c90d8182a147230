//! See `rules/invalid-ebs-volume.md`.

use super::prelude::*;

/// Reports managed EBS volumes without a size, or with what their type does not take.
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

/// The volume's type; gp3 where it is missing.
fn kind(volume: View<'_>) -> Value<&str> {
    match volume.str("volumeType") {
        Missing => Known("gp3", volume.place()),
        kind => kind,
    }
}

fn no_size(volume: View) -> Option<Finding> {
    let [size, snapshot] = volume.fields(["sizeInGiB", "snapshotId"]);
    (size.is_missing() && snapshot.is_missing()).then(|| {
        Finding::at(volume.place(), format!("the volume has neither `{size}` nor `{snapshot}`"))
            .help(format!("set `{size}`, in GiB"))
    })
}

fn wrong_iops(volume: View) -> Option<Finding> {
    let Known(kind, kind_at) = kind(volume) else { return None };
    let iops = volume.field("iops");
    match (kind, iops.any()) {
        ("gp2" | "st1" | "sc1" | "standard", Known(_, place)) => Some(
            Finding::at(place, format!("volumes of type `{kind}` take no `{iops}`"))
                .label(kind_at, "the type")
                .help(format!("remove `{iops}`, or use `gp3`, `io1` or `io2`")),
        ),
        ("io1" | "io2", Missing) => Some(
            Finding::at(kind_at, format!("a volume of type `{kind}` needs `{iops}`"))
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
        Finding::at(place, format!("volumes of type `{kind}` take no `{throughput}`"))
            .label(kind_at, "the type")
            .help(format!("remove `{throughput}`, or use `gp3`"))
    })
}

fn wrong_size(volume: View) -> Option<Finding> {
    let (Known(kind, kind_at), Known(size, place)) = (kind(volume), volume.int("sizeInGiB")) else {
        return None;
    };
    let (least, most) = match kind {
        "gp2" | "gp3" => (1, 16384),
        "io1" | "io2" => (4, 16384),
        "st1" | "sc1" => (125, 16384),
        "standard" => (1, 1024),
        _ => return None,
    };
    (!(least..=most).contains(&size)).then(|| {
        Finding::at(place, format!("a volume of type `{kind}` cannot have {size} GiB"))
            .label(kind_at, "the type")
            .help(format!("it has {least} to {most} GiB"))
    })
}

fn rate_without_snapshot(volume: View) -> Option<Finding> {
    let rate = volume.field("volumeInitializationRate");
    let Known(_, place) = rate.any() else { return None };
    volume.any("snapshotId").is_missing().then(|| {
        Finding::at(place, format!("`{rate}` is for volumes of a snapshot, and this one has none"))
            .help(format!("remove `{rate}`"))
    })
}
