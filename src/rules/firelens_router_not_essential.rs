//! See `rules/firelens-router-not-essential.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports FireLens routers whose end would not end the task.
pub fn check(project: &Project, report: &mut Report) {
    for router in project.tasks().flat_map(|task| task.containers()) {
        let (Known(..), Known(false, place)) = (router.firelens(), router.essential()) else { continue };
        let message = format!(
            "{} routes the task's logs but is not essential: if it stops, they are lost",
            router.called()
        );
        let logs = router.task.logs_by("awsfirelens").filter_map(|log| log.view.str("logDriver").place());
        let finding =
            Finding::at(place, message).help(format!("set `{}` to true", router.view.term("essential")));
        report.add(logs.fold(finding, |finding, place| finding.label(place, "logs through it")));
    }
}
