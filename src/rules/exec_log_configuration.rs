//! See `rules/exec-log-configuration.md`.

use super::prelude::*;

/// Reports logging of ECS Exec that says two things at once, or nothing.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.clusters().filter_map(|cluster| contradiction(cluster.exec().known()?)));
}

fn contradiction(exec: View) -> Option<Finding> {
    let [logging, term] = exec.fields(["logging", "logConfiguration"]);
    match (logging.str(), term.object()) {
        (Known("OVERRIDE", place), Missing) => Some(
            Finding::at(place, format!("`{logging}` is `OVERRIDE`, but no `{term}` says where the logs go"))
                .help("name a CloudWatch log group or an S3 bucket"),
        ),
        (Known("OVERRIDE", place), Known(log, at)) => {
            let destinations = log.fields(["cloudWatchLogGroupName", "s3BucketName"]);
            destinations.into_iter().all(Field::is_missing).then(|| {
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
        (Missing, Known(_, at)) => Some(
            Finding::at(at, format!("`{term}` without `{logging}`, which has to be `OVERRIDE`"))
                .help(format!("set `{logging}` to `OVERRIDE`")),
        ),
        _ => None,
    }
}
