//! See `rules/exec-unencrypted.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports logs of ECS Exec sessions that are kept unencrypted.
pub fn check(project: &Project, report: &mut Report) {
    for cluster in project.clusters() {
        let Known(exec, _) = cluster.exec() else { continue };
        let Known(log, _) = exec.object("logConfiguration") else { continue };
        let kept = [
            ("cloudWatchLogGroupName", "cloudWatchEncryptionEnabled", "log group"),
            ("s3BucketName", "s3EncryptionEnabled", "bucket"),
        ];
        for (name, encrypted, what) in kept {
            let Some(place) = log.certainly(name) else { continue };
            let unencrypted = match log.bool(encrypted) {
                Known(flag, _) => !flag,
                other => other.is_missing(),
            };
            if unencrypted {
                report.add(
                    Finding::at(
                        place,
                        format!("what is typed into a container is logged unencrypted to this {what}"),
                    )
                    .help(format!(
                        "set `{}` to `true`, and encrypt the {what} with a key of KMS",
                        log.term(encrypted)
                    )),
                );
            }
        }
    }
}
