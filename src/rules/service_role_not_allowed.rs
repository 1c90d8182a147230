//! See `rules/service-role-not-allowed.md`.

use super::prelude::*;

/// Reports roles of services that have no load balancer, or for which ECS allows only its service-linked role.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(place) = service.view.certainly("role") else { continue };
        let Some((message, why_at)) = forbidden(service) else { continue };
        let finding = Finding::at(place, message)
            .help(format!("remove `{}`; ECS uses its service-linked role", service.view.field("role")));
        report.add(match why_at {
            Some((why, at)) => finding.label(at, why),
            None => finding,
        });
    }
}

type Why = Option<(String, Place)>;

/// Returns the message, and a label if there is one, for a service that cannot have a role.
fn forbidden(service: Service) -> Option<(String, Why)> {
    let role = service.view.field("role");
    let balancers = service.load_balancer_list();
    if balancers.is_empty() {
        return Some((format!("`{role}` is set, but {} has no load balancer", service.called()), None));
    }
    let linked = |what: &str, why: String, at| {
        Some((format!("`{role}` cannot be set for a service that uses {what}"), Some((why, at))))
    };
    if let Some(task) = service.task().known()
        && let Known(NetworkMode::Awsvpc, at) = task.network_mode()
    {
        return linked("`awsvpc` network mode", task.network_mode_reason(), at);
    }
    let groups: Vec<Place> =
        service.load_balancers().filter_map(|balancer| balancer.view.certainly("targetGroupArn")).collect();
    if let [_, second, ..] = groups.as_slice() {
        return linked("multiple target groups", "the second target group".to_owned(), *second);
    }
    let registry = service.view.list("serviceRegistries").objects().next()?;
    linked("service discovery", "the service registry".to_owned(), registry.place())
}
