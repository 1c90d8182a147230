//! See `rules/external-controller-unsupported.md`.

use super::prelude::*;

/// Reports parameters of a service that belong to its task sets, because an external controller deploys it.
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
                    format!("`{field}` is not supported with the `EXTERNAL` deployment controller"),
                )
                .label(at, "the deployment controller is `EXTERNAL`")
                .help(format!("remove `{field}` from the service, and set it on the task sets")),
            );
        }
    }
}
