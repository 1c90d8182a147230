//! See `rules/service-role-not-allowed.md`.

use super::prelude::*;

/// Reports roles for load balancers where the service has none, or where ECS uses a role of its own.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(place) = service.view.certainly("role") else { continue };
        let Some((message, why_at)) = forbidden(service) else { continue };
        let finding = Finding::at(place, message)
            .help(format!("remove `{}`; ECS has a service-linked role for this", service.view.field("role")));
        report.add(match why_at {
            Some((why, at)) => finding.label(at, why),
            None => finding,
        });
    }
}

type Why = Option<(String, Place)>;

/// Why the service may not have a role.
fn forbidden(service: Service) -> Option<(String, Why)> {
    let balancers = service.load_balancer_list();
    if balancers.is_empty() {
        return Some((
            format!("{} has a role for load balancers, but no load balancer", service.called()),
            None,
        ));
    }
    let linked = |what: &str, why: String, at| {
        Some((format!("with {what} a service may have no role of its own"), Some((why, at))))
    };
    if let Some(task) = service.task().known()
        && let Known(NetworkMode::Awsvpc, at) = task.network_mode()
    {
        return linked("tasks in `awsvpc` mode", task.network_mode_reason(), at);
    }
    let groups: Vec<Place> =
        service.load_balancers().filter_map(|balancer| balancer.view.certainly("targetGroupArn")).collect();
    if let [_, second, ..] = groups.as_slice() {
        return linked("several target groups", "the second target group".to_owned(), *second);
    }
    let registry = service.view.list("serviceRegistries").objects().next()?;
    linked("service discovery", "the service registry".to_owned(), registry.place())
}
