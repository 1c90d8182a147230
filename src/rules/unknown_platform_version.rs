//! See `rules/unknown-platform-version.md`.

use super::prelude::*;
use crate::suggest::nearest;

/// The platform versions that a service can use.
const VERSIONS: &[&str] = &["LATEST", "1.4.0", "1.3.0", "1.0.0"];

/// Retired Linux platform versions, on which no task can start.
const RETIRED: &[&str] = &["1.0.0", "1.1.0", "1.2.0"];

/// Reports platform versions that do not exist or are retired.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        // A service that already runs can be on any version.
        if service.is_description() {
            continue;
        }
        let Known(version, place) = service.view.str("platformVersion") else { continue };
        if VERSIONS.iter().any(|known| known.eq_ignore_ascii_case(version)) {
            report.extend(retired_on_linux(service, version, place));
            continue;
        }
        let full = format!("{version}.0");
        let problem = if RETIRED.contains(&version) { "is retired" } else { "does not exist" };
        let finding = Finding::at(place, format!("platform version `{version}` {problem}"));
        report.add(match nearest(&full, VERSIONS.iter().copied()) {
            Some(near) if near == full => finding.help(format!("write the full version: `{near}`")),
            _ => finding.help("use `LATEST`, `1.4.0` (Linux), or `1.0.0` (Windows)"),
        });
    }
}

/// Reports a retired Linux version whose number is valid for Windows.
fn retired_on_linux(service: Service, version: &str, place: Place) -> Option<Finding> {
    let task = service.task().known().filter(|_| RETIRED.contains(&version))?;
    let Known("LINUX", at) = task.operating_system() else { return None };
    let finding = Finding::at(place, format!("platform version `{version}` is retired on Linux"));
    Some(finding.label(at, "the task definition is for Linux").help("set it to `1.4.0`, or remove it"))
}
