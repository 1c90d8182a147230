//! See `rules/unsupported-log-driver.md`.

use super::prelude::*;
use crate::nearest::listed;

/// Every driver the API knows; another word is no driver anywhere, which is not this rule's to say.
const DRIVERS: [&str; 9] =
    ["awsfirelens", "awslogs", "fluentd", "gelf", "journald", "json-file", "none", "splunk", "syslog"];

/// Where only some drivers are offered, what to call the place, and which they are.
const OFFERED: [(&str, &str, &[&str]); 2] = [
    ("FARGATE", "Fargate", &["awslogs", "splunk", "awsfirelens"]),
    ("MANAGED_INSTANCES", "Managed Instances", &["awslogs", "splunk", "awsfirelens", "json-file"]),
];

/// Reports log drivers that a launch type does not offer.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.containers().filter_map(unsupported));
}

fn unsupported(container: Container) -> Option<Finding> {
    let Known(driver, place) = container.log_driver() else { return None };
    let mut demanding = OFFERED.iter().filter(|(.., drivers)| !drivers.contains(&driver));
    let asked = |(word, name, drivers)| Some((container.task.requires(word)?, word, name, drivers));
    let (required, word, name, drivers) = demanding.find_map(|entry| asked(*entry))?;
    if !DRIVERS.contains(&driver) {
        return None;
    }
    let message = format!("{} logs with `{driver}`, which is not offered on {name}", container.called());
    let finding = Finding::at(place, message)
        .label(required, format!("the task definition is checked for {name}"))
        .help(format!("use one of {}", listed(drivers.iter().copied())));
    // AWS was seen to refuse it for Fargate; for Managed Instances the documentation forbids it.
    Some(if word == "FARGATE" { finding } else { finding.warning() })
}
