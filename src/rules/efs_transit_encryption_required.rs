//! See `rules/efs-transit-encryption-required.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::model::Efs;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports EFS volumes that need encryption in transit and do not have it.
pub fn check(project: &Project, report: &mut Report) {
    for efs in project.tasks().flat_map(|task| task.volumes()).filter_map(|volume| volume.efs()) {
        let (Known(false, _), Some((needed, what))) = (efs.is_encrypted(), efs.needs_encryption()) else {
            continue;
        };
        let term = efs.view.term("transitEncryption");
        let message =
            format!("{what} for {}, which is mounted without encryption in transit", efs.volume.called());
        let finding = Finding::at(&needed.value, message).help(format!("set `{term}` to `ENABLED`"));
        let finding = match efs.view.entry("transitEncryption") {
            Some(entry) => finding.label(&entry.value, "encryption in transit is off"),
            None => finding.label(efs.title(), format!("there is no `{term}`")),
        };
        // Where it is said to be off, either of the two may be what was meant.
        let safety = match efs.view.entry("transitEncryption") {
            Some(_) => Safety::Unsafe,
            None => Safety::Safe,
        };
        let change = encrypt(efs).into_iter().collect();
        report.add(finding.fix(safety, format!("set `{term}` to `ENABLED`"), change));
    }
}

/// Switches encryption on.
pub(super) fn encrypt(efs: Efs) -> Option<Change> {
    match (efs.view.node.entry("transitEncryption"), efs.view.entry("fileSystemId")) {
        (Some(entry), _) => Some(Change::set(&entry.value, "ENABLED")),
        (None, Some(id)) => Some(Change::insert(id, efs.view.term("transitEncryption"), "ENABLED")),
        (None, None) => None,
    }
}
