//! See `rules/fargate-spot-unsupported.md`.

use super::prelude::*;

/// Reports `FARGATE_SPOT` where Fargate has no spare capacity to give.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let spot = service.strategy_items().find_map(|item| match item.provider() {
            Known("FARGATE_SPOT", place) => Some(place),
            _ => None,
        });
        let Some((place, (what, at))) = spot.zip(unsupported(service)) else { continue };
        report.add(
            Finding::at(place, format!("`FARGATE_SPOT` does not go with {what}"))
                .label(at, format!("{what} is chosen here"))
                .help("use `FARGATE`"),
        );
    }
}

/// What of the service keeps it from Fargate Spot.
fn unsupported(service: Service) -> Option<(String, Place)> {
    if let Known("CODE_DEPLOY", place) = service.controller() {
        return Some(("the `CODE_DEPLOY` deployment controller".to_owned(), place));
    }
    let task = service.task().known()?;
    if let Known(system, place) = task.operating_system()
        && system.starts_with("WINDOWS")
    {
        return Some(("Windows".to_owned(), place));
    }
    let Known(version @ ("1.0.0" | "1.1.0" | "1.2.0"), place) = service.view.str("platformVersion") else {
        return None;
    };
    Some((format!("platform version {version}"), place))
}
