//! See `rules/unencrypted-ebs-volume.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{self, Known};

/// Reports managed EBS volumes that are not encrypted.
pub fn check(project: &Project, report: &mut Report) {
    for volume in project.services().flat_map(|service| service.ebs_volumes()) {
        let encrypted = volume.bool("encrypted");
        let place = match encrypted {
            Known(false, place) => place,
            Value::Missing => volume.place(),
            _ => continue,
        };
        let copied = !volume.any("snapshotId").is_missing() || !volume.any("kmsKeyId").is_missing();
        if copied && encrypted.is_missing() {
            continue;
        }
        report.add(
            Finding::at(place, "the volume is not encrypted")
                .help(format!("set `{}` to `true`", volume.term("encrypted"))),
        );
    }
}
