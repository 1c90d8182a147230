//! See `rules/exec-log-configuration.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::{self, Known};
use crate::value::View;

/// Reports logging of ECS Exec that says two things at once, or nothing.
pub fn check(project: &Project, report: &mut Report) {
    for cluster in project.clusters() {
        let Known(exec, _) = cluster.exec() else { continue };
        if let Some(finding) = contradiction(exec) {
            report.add(finding);
        }
    }
}

fn contradiction(exec: View) -> Option<Finding> {
    let (log, term) = (exec.object("logConfiguration"), exec.term("logConfiguration"));
    let logging = exec.term("logging");
    match (exec.str("logging"), log) {
        (Known("OVERRIDE", place), Value::Missing) => Some(
            Finding::at(place, format!("`{logging}` is `OVERRIDE`, but no `{term}` says where the logs go"))
                .help("name a CloudWatch log group or an S3 bucket"),
        ),
        (Known("OVERRIDE", place), Known(log, at)) => {
            let nowhere =
                ["cloudWatchLogGroupName", "s3BucketName"].into_iter().all(|key| log.any(key).is_missing());
            nowhere.then(|| {
                Finding::at(at, format!("`{term}` names neither a log group nor a bucket"))
                    .label(place, "the default logging is overridden")
                    .help("name a CloudWatch log group or an S3 bucket")
            })
        }
        (Known(other @ ("NONE" | "DEFAULT"), place), Known(_, at)) => Some(
            Finding::at(place, format!("`{logging}` is `{other}`, which goes without a `{term}`"))
                .label(at, "the log configuration")
                .help(format!("set `{logging}` to `OVERRIDE`")),
        ),
        (Value::Missing, Known(_, at)) => Some(
            Finding::at(at, format!("`{term}` without `{logging}`, which has to be `OVERRIDE`"))
                .help(format!("set `{logging}` to `OVERRIDE`")),
        ),
        _ => None,
    }
}
