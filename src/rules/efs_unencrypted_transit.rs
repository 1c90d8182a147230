//! See `rules/efs-unencrypted-transit.md`.

use super::efs_transit_encryption_required::encrypt;
use crate::diagnostic::{Finding, Safety};
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports EFS volumes without encryption in transit. Where ECS demands it, another rule does.
pub fn check(project: &Project, report: &mut Report) {
    for efs in project.tasks().flat_map(|task| task.volumes()).filter_map(|volume| volume.efs()) {
        let Known(false, place) = efs.is_encrypted() else { continue };
        if efs.needs_encryption().is_some() {
            continue;
        }
        let term = efs.view.term("transitEncryption");
        let title = format!("set `{term}` to `ENABLED`");
        report.add(
            Finding::at(place, format!("{} goes over the network unencrypted", efs.volume.called()))
                .help(&*title)
                .fix(Safety::Unsafe, title, encrypt(efs).into_iter().collect()),
        );
    }
}
