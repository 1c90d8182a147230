//! See `rules/invalid-ebs-volume.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{self, Known};
use crate::value::View;

/// Reports managed EBS volumes without a size, or with what their type does not take.
pub fn check(project: &Project, report: &mut Report) {
    for volume in project.services().flat_map(|service| service.ebs_volumes()) {
        let found = [unmeasured(volume), iops(volume), throughput(volume), size(volume), rate(volume)];
        found.into_iter().flatten().for_each(|finding| report.add(finding));
    }
}

/// The volume's type; gp3 where it is missing.
fn kind(volume: View<'_>) -> Value<&str> {
    match volume.str("volumeType") {
        Value::Missing => Known("gp3", volume.place()),
        kind => kind,
    }
}

fn unmeasured(volume: View) -> Option<Finding> {
    let missing = ["sizeInGiB", "snapshotId"].into_iter().all(|key| volume.any(key).is_missing());
    let (size, snapshot) = (volume.term("sizeInGiB"), volume.term("snapshotId"));
    missing.then(|| {
        Finding::at(volume.place(), format!("the volume has neither `{size}` nor `{snapshot}`"))
            .help(format!("set `{size}`, in GiB"))
    })
}

fn iops(volume: View) -> Option<Finding> {
    let Known(kind, kind_at) = kind(volume) else { return None };
    let term = volume.term("iops");
    match (kind, volume.any("iops")) {
        ("gp2" | "st1" | "sc1" | "standard", Known(_, place)) => Some(
            Finding::at(place, format!("volumes of type `{kind}` take no `{term}`"))
                .label(kind_at, "the type")
                .help(format!("remove `{term}`, or use `gp3`, `io1` or `io2`")),
        ),
        ("io1" | "io2", Value::Missing) => Some(
            Finding::at(kind_at, format!("a volume of type `{kind}` needs `{term}`"))
                .help(format!("set `{term}`")),
        ),
        _ => None,
    }
}

fn throughput(volume: View) -> Option<Finding> {
    let Known(kind, kind_at) = kind(volume) else { return None };
    let Known(_, place) = volume.any("throughput") else { return None };
    let term = volume.term("throughput");
    (kind != "gp3").then(|| {
        Finding::at(place, format!("volumes of type `{kind}` take no `{term}`"))
            .label(kind_at, "the type")
            .help(format!("remove `{term}`, or use `gp3`"))
    })
}

fn size(volume: View) -> Option<Finding> {
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

fn rate(volume: View) -> Option<Finding> {
    let Known(_, place) = volume.any("volumeInitializationRate") else { return None };
    let term = volume.term("volumeInitializationRate");
    volume.any("snapshotId").is_missing().then(|| {
        Finding::at(place, format!("`{term}` is for volumes of a snapshot, and this one has none"))
            .help(format!("remove `{term}`"))
    })
}
