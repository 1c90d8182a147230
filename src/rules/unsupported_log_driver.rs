//! See `rules/unsupported-log-driver.md`.

use super::prelude::*;
use crate::suggest::join_and;

/// Every driver the API knows; another word is no driver anywhere, which is not this rule's to say.
const DRIVERS: [&str; 9] =
    ["awsfirelens", "awslogs", "fluentd", "gelf", "journald", "json-file", "none", "splunk", "syslog"];

/// A launch type that offers some drivers only.
struct Platform {
    launch_type: &'static str,
    name: &'static str,
    drivers: &'static [&'static str],
}

const PLATFORMS: [Platform; 2] = [
    Platform { launch_type: "FARGATE", name: "Fargate", drivers: &["awslogs", "splunk", "awsfirelens"] },
    Platform {
        launch_type: "MANAGED_INSTANCES",
        name: "Managed Instances",
        drivers: &["awslogs", "splunk", "awsfirelens", "json-file"],
    },
];

/// Reports log drivers that a launch type does not offer.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.containers().filter_map(unsupported));
}

fn unsupported(container: Container) -> Option<Finding> {
    let Known(driver, place) = container.log_driver() else { return None };
    let mut platforms = PLATFORMS.iter().filter(|platform| !platform.drivers.contains(&driver));
    let (Platform { launch_type, name, drivers }, required) =
        platforms.find_map(|platform| Some((platform, container.task.requires(platform.launch_type)?)))?;
    if !DRIVERS.contains(&driver) {
        return None;
    }
    let message = format!("{} logs with `{driver}`, which is not offered on {name}", container.called());
    let finding = Finding::at(place, message)
        .label(required, format!("the task definition is checked for {name}"))
        .help(format!("use one of {}", join_and(drivers.iter().copied())));
    // AWS was seen to refuse it for Fargate; for Managed Instances the documentation forbids it.
    Some(if *launch_type == "FARGATE" { finding } else { finding.warning() })
}
