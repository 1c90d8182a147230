//! See `rules/external-controller-unsupported.md`.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// Reports what a service with an external controller leaves to its task sets.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services().filter(|service| !service.is_description()) {
        let Known("EXTERNAL", at) = service.controller() else { continue };
        let balancer = service.load_balancer_list().iter().next().map(View::place);
        let found =
            [("taskDefinition", service.view.certainly("taskDefinition")), ("loadBalancers", balancer)];
        for (key, place) in found {
            let Some(place) = place else { continue };
            let term = service.view.term(key);
            report.add(
                Finding::at(
                    place,
                    format!("a service with an external controller has no `{term}` of its own"),
                )
                .label(at, "the deployment controller")
                .help(format!("remove `{term}` here, and give it to the task sets")),
            );
        }
    }
}
