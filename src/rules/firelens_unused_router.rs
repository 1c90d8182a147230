//! See `rules/firelens-unused-router.md`.

use super::prelude::*;

/// Reports FireLens log routers that no container uses.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks().filter(|task| task.container_list().is_complete()) {
        for router in task.containers() {
            let Known(_, place) = router.firelens() else { continue };
            if task.containers().any(may_log_through_a_router) {
                continue;
            }
            let message = format!(
                "{} is a log router, but no container uses the `awsfirelens` log driver",
                router.called()
            );
            let place = router.view.entry("firelensConfiguration").map_or(place, Place::key);
            let driver = router.view.field("logDriver");
            report.add(Finding::at(place, message).help(format!(
                "set `{driver}` to `awsfirelens` in each container whose logs it should route"
            )));
        }
    }
}

fn may_log_through_a_router(container: Container) -> bool {
    match container.log_driver() {
        Known(driver, _) => driver == "awsfirelens",
        Unknown(_) => true,
        Missing => false,
    }
}
