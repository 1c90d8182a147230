//! See `rules/unencrypted-ebs-volume.md`.

use super::prelude::*;

/// Reports managed EBS volumes that are not encrypted.
pub fn check(project: &Project, report: &mut Report) {
    for volume in project.services().flat_map(Service::ebs_volumes) {
        let field = volume.field("encrypted");
        let encrypted = field.bool();
        let place = match encrypted {
            Known(false, place) => place,
            Missing => volume.place(),
            _ => continue,
        };
        let copied = !volume.is_missing("snapshotId") || !volume.is_missing("kmsKeyId");
        if copied && encrypted.is_missing() {
            continue;
        }
        report.add(
            Finding::at(place, "the managed EBS volume is not encrypted")
                .help(format!("set `{field}` to `true`")),
        );
    }
}
