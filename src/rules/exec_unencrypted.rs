//! See `rules/exec-unencrypted.md`.

use super::prelude::*;

/// Reports logs of ECS Exec sessions for which no KMS key is required.
pub fn check(project: &Project, report: &mut Report) {
    for cluster in project.clusters() {
        let Known(exec, _) = cluster.exec() else { continue };
        let Known(log, _) = exec.object("logConfiguration") else { continue };
        let [group, bucket] = log.fields(["cloudWatchLogGroupName", "s3BucketName"]);
        let [group_key, bucket_key] = log.fields(["cloudWatchEncryptionEnabled", "s3EncryptionEnabled"]);
        for (name, encrypted, what) in [(group, group_key, "log group"), (bucket, bucket_key, "bucket")] {
            let Some(place) = name.certainly() else { continue };
            if encrypted.bool().may_be_true() || has_key(project, cluster, name) {
                continue;
            }
            let message = format!("ECS Exec sessions are logged to this {what} without a KMS key");
            let help = format!("set `{encrypted}` to `true`, and encrypt the {what} with a KMS key");
            report.add(Finding::at(place, message).help(help));
        }
    }
}

/// Whether the log group has a KMS key or may have one. The encryption of a bucket is not checked.
fn has_key(project: &Project, cluster: Cluster, name: Field) -> bool {
    let Some(entry) = name.entry() else { return false };
    let mut groups = project.log_groups(&entry.value, cluster.resource.unit());
    groups.any(|group| !project.view(group).is_missing("kmsKeyId"))
}
