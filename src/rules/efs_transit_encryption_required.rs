//! See `rules/efs-transit-encryption-required.md`.

use super::prelude::*;

/// Reports EFS volumes that need encryption in transit and do not have it.
pub fn check(project: &Project, report: &mut Report) {
    for efs in project.volumes().filter_map(Volume::efs) {
        let (Known(false, _), Some((needed, what))) = (efs.is_encrypted(), efs.needs_encryption()) else {
            continue;
        };
        let field = efs.view.field("transitEncryption");
        // Where it is said to be off, either of the two may be what was meant.
        let (place, label, safety) = match field.entry() {
            Some(entry) => {
                (Place::from(&entry.value), "encryption in transit is off".to_owned(), Safety::Unsafe)
            }
            None => (efs.anchor(), format!("there is no `{field}`"), Safety::Safe),
        };
        let message =
            format!("{what} for {}, which is mounted without encryption in transit", efs.volume.called());
        let title = format!("set `{field}` to `ENABLED`");
        let change = field.set_or_insert_after("fileSystemId", "ENABLED");
        report.add(
            Finding::at(&needed.value, message).label(place, label).help(&*title).fix(safety, title, change),
        );
    }
}
