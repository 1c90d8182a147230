//! See `rules/unsupported-log-driver.md`.

use super::prelude::*;
use crate::suggest::join_or;

/// Every log driver of the API; another rule reports any other value.
const DRIVERS: [&str; 9] =
    ["awsfirelens", "awslogs", "fluentd", "gelf", "journald", "json-file", "none", "splunk", "syslog"];

/// A launch type that supports only some log drivers.
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

/// Reports log drivers that a required launch type does not support.
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
    let message = format!("log driver `{driver}` of {} is not supported on {name}", container.called());
    let finding = Finding::at(place, message)
        .label(required, format!("the task definition requires {name}"))
        .help(format!("use {}", join_or(drivers.iter().copied())));
    // For Fargate, AWS has been seen to reject it; for Managed Instances, only the documentation rules it out.
    Some(if *launch_type == "FARGATE" { finding } else { finding.warning() })
}
