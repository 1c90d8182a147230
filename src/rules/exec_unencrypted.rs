//! See `rules/exec-unencrypted.md`.

use crate::diagnostic::Finding;
use crate::model::Cluster;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// Where a session's log may go: the key that names it, the one that asks for encryption, and what it is.
const KEPT: [(&str, &str, &str); 2] = [
    ("cloudWatchLogGroupName", "cloudWatchEncryptionEnabled", "log group"),
    ("s3BucketName", "s3EncryptionEnabled", "bucket"),
];

/// Reports logs of ECS Exec sessions for which nobody asks for a key.
pub fn check(project: &Project, report: &mut Report) {
    for cluster in project.clusters() {
        let Known(exec, _) = cluster.exec() else { continue };
        let Known(log, _) = exec.object("logConfiguration") else { continue };
        for (name, encrypted, what) in KEPT {
            let Some(place) = log.certainly(name) else { continue };
            let is_asked_for = match log.bool(encrypted) {
                Known(flag, _) => flag,
                other => !other.is_missing(),
            };
            if is_asked_for || has_key(project, cluster, log, name) {
                continue;
            }
            let message =
                format!("nothing asks for a KMS key for the sessions that are logged to this {what}");
            let help =
                format!("set `{}` to `true`, and encrypt the {what} with a key of KMS", log.term(encrypted));
            report.add(Finding::at(place, message).help(help));
        }
    }
}

/// Whether the log group has a key, or may have one. What encrypts a bucket is not looked for.
fn has_key(project: &Project, cluster: Cluster, log: View, name: &str) -> bool {
    let group = log.entry(name).and_then(|entry| project.log_group(&entry.value, cluster.document.scope));
    group.is_some_and(|group| !project.view(group).any("kmsKeyId").is_missing())
}
