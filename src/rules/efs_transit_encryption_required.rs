//! See `rules/efs-transit-encryption-required.md`.

use super::prelude::*;

/// Reports EFS volumes that require encryption in transit but do not enable it.
pub fn check(project: &Project, report: &mut Report) {
    for efs in project.volumes().filter_map(Volume::efs) {
        let (Known(false, _), Some((needed, what))) = (efs.is_encrypted(), efs.needs_encryption()) else {
            continue;
        };
        let field = efs.view.field("transitEncryption");
        // If encryption is explicitly disabled, either of the two settings may be the intended one.
        let (place, label, safety) = match field.entry() {
            Some(entry) => {
                (Place::from(&entry.value), "encryption in transit is disabled".to_owned(), Safety::Unsafe)
            }
            None => (efs.anchor(), format!("`{field}` is not set"), Safety::Safe),
        };
        let message = format!("{} uses {what}, which requires encryption in transit", efs.volume.called());
        let title = format!("set `{field}` to `ENABLED`");
        let change = field.set_or_insert_after("fileSystemId", "ENABLED");
        report.add(
            Finding::at(&needed.value, message).label(place, label).help(&*title).fix(safety, title, change),
        );
    }
}
