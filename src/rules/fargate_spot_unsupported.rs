//! See `rules/fargate-spot-unsupported.md`.

use super::prelude::*;

/// Reports `FARGATE_SPOT` where Fargate Spot is not supported.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let spot = service.strategy_items().find_map(|item| match item.provider() {
            Known("FARGATE_SPOT", place) => Some(place),
            _ => None,
        });
        let Some((place, (at, reason, label))) = spot.zip(unsupported(service)) else { continue };
        report.add(
            Finding::at(place, format!("`FARGATE_SPOT` is not supported {reason}"))
                .label(at, label)
                .help("use `FARGATE`"),
        );
    }
}

/// Returns the place of a setting that Fargate Spot does not support, the end of the message, and the label.
fn unsupported(service: Service) -> Option<(Place, String, String)> {
    let task = service.task().known()?;
    if let Known(system, place) = task.operating_system()
        && system.starts_with("WINDOWS")
    {
        return Some((place, "on Windows".to_owned(), "the operating system is Windows".to_owned()));
    }
    let Known(version @ ("1.0.0" | "1.1.0" | "1.2.0"), place) = service.view.str("platformVersion") else {
        return None;
    };
    Some((place, format!("on platform version {version}"), format!("the platform version is {version}")))
}
