//! See `rules/external-controller-unsupported.md`.

use super::prelude::*;

/// Reports what a service with an external controller leaves to its task sets.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| !service.is_description()) {
        let Known("EXTERNAL", at) = service.controller() else { continue };
        let balancer = service.load_balancer_list().iter().next().map(View::place);
        let [task, balancers] = service.view.fields(["taskDefinition", "loadBalancers"]);
        for (field, place) in [(task, task.certainly()), (balancers, balancer)] {
            let Some(place) = place else { continue };
            report.add(
                Finding::at(
                    place,
                    format!("a service with an external controller has no `{field}` of its own"),
                )
                .label(at, "the deployment controller")
                .help(format!("remove `{field}` here, and give it to the task sets")),
            );
        }
    }
}
