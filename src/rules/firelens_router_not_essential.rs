//! See `rules/firelens-router-not-essential.md`.

use super::prelude::*;

/// Reports FireLens log routers that can stop without stopping the task.
pub fn check(project: &Project, report: &mut Report) {
    for router in project.containers() {
        let (Known(..), Known(false, place)) = (router.firelens(), router.essential()) else { continue };
        let message = format!(
            "{} routes the task's logs but is not essential: if it stops, the logs are lost",
            router.called()
        );
        let logs = router.task.logs_by("awsfirelens").filter_map(|log| log.view.str("logDriver").place());
        let essential = router.view.field("essential");
        let set = format!("set `{essential}` to `true`");
        report.add(
            Finding::at(place, message)
                .labels(logs.map(|place| (place, "logs through the router")))
                .help(&*set)
                .fix(Safety::Unsafe, set, essential.set(true)),
        );
    }
}
