//! See `rules/unknown-platform-version.md`.

use crate::diagnostic::Finding;
use crate::nearest::nearest;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// The platform versions that a service may ask for, and those of past years that one may still run on.
const VERSIONS: &[&str] = &["LATEST", "1.4.0", "1.3.0", "1.2.0", "1.1.0", "1.0.0"];

/// Reports platform versions that do not exist.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Known(version, place) = service.view.str("platformVersion") else { continue };
        if VERSIONS.iter().any(|known| known.eq_ignore_ascii_case(version)) {
            continue;
        }
        let finding = Finding::at(place, format!("there is no platform version `{version}`"));
        let full = format!("{version}.0");
        report.add(match nearest(&full, VERSIONS.iter().copied()) {
            Some(near) if near == full => finding.help(format!("write it in full: `{near}`")),
            _ => finding.help("`LATEST` follows Fargate; `1.4.0` is Linux's, `1.0.0` Windows'"),
        });
    }
}
