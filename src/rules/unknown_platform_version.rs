//! See `rules/unknown-platform-version.md`.

use super::prelude::*;
use crate::suggest::nearest;

/// The platform versions that a service may ask for.
const VERSIONS: &[&str] = &["LATEST", "1.4.0", "1.3.0", "1.0.0"];

/// Those that Linux had, and that no task starts on any more.
const RETIRED: &[&str] = &["1.0.0", "1.1.0", "1.2.0"];

/// Reports platform versions that do not exist, or do not any more.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        // What runs already may run on any.
        if service.is_description() {
            continue;
        }
        let Known(version, place) = service.view.str("platformVersion") else { continue };
        if VERSIONS.iter().any(|known| known.eq_ignore_ascii_case(version)) {
            report.extend(retired_on_linux(service, version, place));
            continue;
        }
        let full = format!("{version}.0");
        let gone = if RETIRED.contains(&version) { " any more" } else { "" };
        let finding = Finding::at(place, format!("there is no platform version `{version}`{gone}"));
        report.add(match nearest(&full, VERSIONS.iter().copied()) {
            Some(near) if near == full => finding.help(format!("write it in full: `{near}`")),
            _ => finding.help("`LATEST` follows Fargate; `1.4.0` is Linux's, `1.0.0` Windows'"),
        });
    }
}

/// Linux had a version of the name that Windows' first one has.
fn retired_on_linux(service: Service, version: &str, place: Place) -> Option<Finding> {
    let task = service.task().known().filter(|_| RETIRED.contains(&version))?;
    let Known("LINUX", at) = task.operating_system() else { return None };
    let finding = Finding::at(place, format!("there is no platform version `{version}` of Linux any more"));
    Some(finding.label(at, "the task definition is for Linux").help("set it to `1.4.0`, or remove it"))
}
