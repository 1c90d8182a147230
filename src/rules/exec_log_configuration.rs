//! See `rules/exec-log-configuration.md`.

use super::prelude::*;

/// Reports ECS Exec logging settings that contradict each other or are incomplete.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.clusters().filter_map(|cluster| contradiction(cluster.exec().known()?)));
    report.extend(project.clusters().filter_map(|cluster| unencrypted_group(*project, cluster)));
}

/// Reports a log group without a key if sessions require an encrypted one.
fn unencrypted_group(project: Project, cluster: Cluster) -> Option<Finding> {
    let log = cluster.exec().known()?.object("logConfiguration").known()?;
    let [group, required] = log.fields(["cloudWatchLogGroupName", "cloudWatchEncryptionEnabled"]);
    let Known(true, place) = required.bool() else { return None };
    let mut groups = project.log_groups(&group.entry()?.value, cluster.resource.unit());
    let found = groups.next().filter(|_| groups.next().is_none())?;
    let view = project.view(found);
    let key = view.field("kmsKeyId");
    key.is_missing().then(|| {
        let message = format!(
            "`{required}` is `true`, but the log group is not encrypted with a KMS key, so no session starts"
        );
        Finding::at(place, message)
            .label(Place::header(found), "the log group")
            .help(format!("set `{key}` of the log group, or set `{required}` to `false`"))
            .warning()
    })
}

fn contradiction(exec: View) -> Option<Finding> {
    let [logging, term] = exec.fields(["logging", "logConfiguration"]);
    match (logging.str(), term.object()) {
        (Known("OVERRIDE", place), Missing) => Some(
            Finding::at(place, format!("`{term}` is required if `{logging}` is `OVERRIDE`"))
                .help(format!("add `{term}` with a CloudWatch log group or an S3 bucket")),
        ),
        (Known("OVERRIDE", place), Known(log, at)) => {
            let destinations = log.fields(["cloudWatchLogGroupName", "s3BucketName"]);
            destinations.into_iter().all(Field::is_missing).then(|| {
                Finding::at(at, format!("`{term}` specifies neither a log group nor a bucket"))
                    .label(place, format!("`{logging}` is `OVERRIDE`"))
                    .help("specify a CloudWatch log group or an S3 bucket")
            })
        }
        (Known(other @ ("NONE" | "DEFAULT"), place), Known(_, at)) => Some(
            Finding::at(place, format!("`{logging}` must be `OVERRIDE` if `{term}` is set (got `{other}`)"))
                .label(at, "the log configuration")
                .help(format!("set `{logging}` to `OVERRIDE`, or remove `{term}`")),
        ),
        (Missing, Known(_, at)) => Some(
            Finding::at(at, format!("`{term}` requires `{logging}` to be `OVERRIDE`, but it is not set"))
                .help(format!("set `{logging}` to `OVERRIDE`")),
        ),
        _ => None,
    }
}
