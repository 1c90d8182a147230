//! See `rules/created-too-early.md`.

use super::prelude::*;
use crate::model::{Gap, Kind, Pace, Resource, gap};

/// Reports services and scaling targets that may be created before what they require.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.load_balancers().filter_map(|balancer| before_listener(project, balancer)));
    report.extend(project.of(Kind::Listener).filter_map(|listener| before_validation(project, listener)));
    for service in project.services() {
        report.extend([
            before_mount_targets(project, service),
            before_service(project, service),
            before_capacity(project, service),
            before_policy(project, service),
        ]);
    }
}

/// How sure it is that a tool creates the dependent resource too early: "creates" or "may create".
struct Verdict {
    verb: &'static str,
    is_error: bool,
}

/// What happens to a request that is sent too early: `None` if it is repeated until the gap is closed.
fn verdict(dependent: &Resource, gap: Gap, patience: Pace) -> Option<Verdict> {
    let is_late = gap.pace > Pace::Seconds && gap.is_soon;
    match (dependent.traits.retries_requests, is_late) {
        (true, _) => (gap.pace > patience).then_some(Verdict { verb: "may create", is_error: false }),
        (false, true) => Some(Verdict { verb: "creates", is_error: true }),
        (false, false) => Some(Verdict { verb: "may create", is_error: false }),
    }
}

/// Reports a service that is created before all listeners and rules of its target group. Terraform repeats the request for
/// four minutes, in which a load balancer is created.
fn before_listener(project: &Project, balancer: LoadBalancer) -> Option<Finding> {
    let service = balancer.service.resource;
    let group = balancer.target_group().known()?;
    let forwarders = project.forwarders(group.resource);
    let is_near = |listener: &&Resource| service.is_in_module_of(listener);
    if !service.traits.retries_requests && !forwarders.iter().all(is_near) {
        // Another stack may create its listeners at any time.
        return None;
    }
    let gap = gap(*project, service, &forwarders)?;
    let Verdict { verb, is_error } = verdict(service, gap, Pace::Minutes)?;
    let what = noun(gap.required);
    let message = format!(
        "{} {verb} the service before the {what} that associates its target group with a load balancer",
        service.traits.language.tool()
    );
    let forwards = match gap.awaited {
        Some(slow) => {
            format!("this {what} forwards to it and waits for `{slow}`; the service waits for neither")
        }
        None => format!("this {what} forwards to it; the service does not wait for it"),
    };
    let finding = Finding::at(balancer.group_place(), message)
        .label(Place::header(group.resource), "the target group")
        .label(Place::header(gap.required), forwards)
        .help(help(service, "service", gap.required)?);
    Some(if is_error { finding.error() } else { finding.warning() })
}

/// Reports a listener that is created before its certificate is validated. It waits only for a load balancer, which may take
/// longer.
fn before_validation(project: &Project, listener: &Resource) -> Option<Finding> {
    let named = project.view(listener).entry("CertificateArn")?;
    let certificate = named.value.resource()?;
    let is_ours = |validation: &&Resource| {
        let its = validation.request.get("CertificateArn").and_then(|node| node.resource());
        its.is_some_and(|its| its.is_same_block(certificate))
    };
    let validation = project.in_unit_of(listener, Kind::CertificateValidation).find(is_ours)?;
    let gap = gap(*project, listener, &[validation])?;
    let tool = listener.traits.language.tool();
    let message = format!("{tool} may create the listener before its certificate is validated");
    let finding = Finding::at(&named.value, message).label(
        Place::header(gap.required),
        "this waits for the validation; the listener does not wait for it",
    );
    Some(finding.help(help(listener, "listener", gap.required)?).warning())
}

/// Reports a service on Fargate whose first tasks start before the mount targets of their file system. ECS starts new tasks
/// until they exist.
fn before_mount_targets(project: &Project, service: Service) -> Option<Finding> {
    if service.runs_no_tasks() || !service.is_for_fargate() {
        return None;
    }
    let task = service.task().known()?;
    task.volumes().filter_map(Volume::efs).find_map(|efs| {
        let named = efs.view.entry("fileSystemId")?;
        let system = project.file_system_of(&named.value).known()?;
        let targets = project.mount_targets(system)?;
        let gap = gap(*project, service.resource, &targets).filter(|gap| gap.is_soon)?;
        let tool = service.resource.traits.language.tool();
        let message =
            format!("{tool} creates the service before the mount targets of the file system of its tasks");
        let finding = Finding::at(service.anchor(), message)
            .label(&named.value, "the tasks mount this file system")
            .label(Place::header(gap.required), "AWS takes up to 90 seconds to create this mount target");
        Some(finding.help(help(service.resource, "service", gap.required)?).warning())
    })
}

/// Reports a scaling target that is created before the service that it scales. Terraform repeats the request for two
/// minutes.
fn before_service(project: &Project, service: Service) -> Option<Finding> {
    let target = project.scaling_of(service.resource)?;
    if project.calls_unread_modules(target.unit()) {
        return None;
    }
    let gap = gap(*project, target, &[service.resource]).filter(|gap| gap.is_soon)?;
    let Verdict { verb, .. } = verdict(target, gap, Pace::Seconds)?;
    let entry = project.view(target).entry("ResourceId")?;
    let tool = target.traits.language.tool();
    let message = format!("{tool} {verb} the scaling target before the service that it scales");
    let waits = match gap.awaited {
        Some(slow) => format!("the service waits for `{slow}`; the scaling target waits for neither"),
        None => "the scaling target does not wait for this service".to_owned(),
    };
    let finding = Finding::at(&entry.value, message).label(service.anchor(), waits);
    Some(finding.help(help(target, "scaling target", service.resource)?).warning())
}

/// Reports a service with capacity providers that is created before its cluster has them.
fn before_capacity(project: &Project, service: Service) -> Option<Finding> {
    let item = service.strategy_items().next()?;
    let cluster = service.cluster().known()?;
    let association = project.capacity_of(cluster.resource).known()?;
    let gap = gap(*project, service.resource, &[association])
        .filter(|gap| gap.is_soon && association.kind == Kind::ClusterCapacity)?;
    let tool = service.resource.traits.language.tool();
    let message = format!("{tool} may create the service before its cluster has the capacity providers");
    let finding = Finding::at(service.anchor(), message)
        .label(item.view.place(), "the service uses this capacity provider")
        .label(
            Place::header(gap.required),
            "this associates it with the cluster; the service does not wait for it",
        );
    Some(finding.help(help(service.resource, "service", gap.required)?).warning())
}

/// Reports a service with a role of its own that is created before the policy of the role. The policy may then also be deleted
/// before the service.
fn before_policy(project: &Project, service: Service) -> Option<Finding> {
    let role = service.view.entry("role")?;
    let policies = project.policies_of(project.role_of(&role.value).known()?)?;
    let gap = gap(*project, service.resource, &policies)?;
    let tool = service.resource.traits.language.tool();
    let message = format!(
        "{tool} may create the service before the policy of its role, and delete it after the policy"
    );
    let finding = Finding::at(&role.value, message)
        .label(Place::header(gap.required), "this is the policy; the service does not wait for it");
    Some(finding.help(help(service.resource, "service", gap.required)?).warning())
}

fn noun(listener: &Resource) -> &'static str {
    match listener.kind {
        Kind::ListenerRule => "listener rule",
        _ => "listener",
    }
}

/// How the dependent resource can wait for the required one.
fn help(dependent: &Resource, noun: &str, required: &Resource) -> Option<String> {
    let name = &required.address.as_ref()?.resource;
    let kind = required.kind.noun();
    Some(if !dependent.is_in_module_of(required) {
        format!("make the {noun} depend on the module that defines the {kind}")
    } else if dependent.traits.retries_requests {
        format!("add `depends_on = [{name}]` to the {noun}")
    } else {
        format!("add `{name}` to the `DependsOn` of the {noun}")
    })
}
