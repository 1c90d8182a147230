//! See `rules/service-connect-unknown-port.md`.

use super::prelude::*;
use super::support::ports::unknown_name;

/// Reports Service Connect port names that no port mapping of the task definition has.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let (Some(connect), Some(task)) = (service.connect(), service.task().known()) else { continue };
        let items = connect.list("services").objects();
        report.extend(items.filter_map(|item| unknown_name(item, task)));
    }
}
