//! See `rules/service-connect-unknown-port.md`.

use super::prelude::*;
use super::support::ports::unknown_name;

/// Reports ports of Service Connect that no port mapping has the name of.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let (Some(connect), Some(task)) = (service.connect(), service.task().known()) else { continue };
        let items = connect.list("services").objects();
        report.extend(items.filter_map(|item| unknown_name(item, task)));
    }
}
