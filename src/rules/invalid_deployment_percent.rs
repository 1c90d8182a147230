//! See `rules/invalid-deployment-percent.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports percentages that a deployment cannot have.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let term =
            |key| service.deployment().known().map(|deployment| deployment.term(key)).unwrap_or_default();
        if let Known(minimum, place) = service.percent("minimumHealthyPercent")
            && !(0..=100).contains(&minimum)
        {
            report.add(
                Finding::at(place, format!("{minimum} % of the tasks cannot stay healthy"))
                    .help(format!("`{}` is 0 to 100", term("minimumHealthyPercent"))),
            );
        }
        let drops = service.is_terraform() && service.daemon().is_some();
        if let Known(maximum @ ..100, place) = service.percent("maximumPercent")
            && !drops
        {
            report.add(
                Finding::at(
                    place,
                    format!("at most {maximum} % of the tasks may run, which is fewer than are wanted"),
                )
                .help(format!("`{}` is 100 or more", term("maximumPercent"))),
            );
        }
    }
}
