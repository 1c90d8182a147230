//! See `rules/efs-unencrypted-transit.md`.

use super::prelude::*;

/// Reports EFS volumes without encryption in transit. Another rule reports volumes for which ECS requires it.
pub fn check(project: &Project, report: &mut Report) {
    for efs in project.volumes().filter_map(Volume::efs) {
        let Known(false, place) = efs.is_encrypted() else { continue };
        if efs.needs_encryption().is_some() {
            continue;
        }
        let field = efs.view.field("transitEncryption");
        let title = format!("set `{field}` to `ENABLED`");
        let change = field.set_or_insert_after("fileSystemId", "ENABLED");
        report.add(
            Finding::at(place, format!("{} is mounted without encryption in transit", efs.volume.called()))
                .help(&*title)
                .fix(Safety::Unsafe, title, change),
        );
    }
}
