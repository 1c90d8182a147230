//! See `rules/firelens-router-not-essential.md`.

use crate::diagnostic::{Change, Finding, Safety};
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
        let Some(entry) = router.view.entry("essential") else { continue };
        let set = format!("set `{}` to true", entry.written);
        let finding = Finding::at(place, message).help(set.clone());
        let finding = finding.fix(Safety::Unsafe, set, vec![Change::set(&entry.value, true)]);
        report.add(logs.fold(finding, |finding, place| finding.label(place, "logs through it")));
    }
}
