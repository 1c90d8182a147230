//! What ECS does with infrastructure roles, the roles of lifecycle hooks, and what the agent does with the role of its instance.

use super::execution::{images, logs};
use super::{Needy, Permission, everything};
use crate::diagnostic::Place;
use crate::model::links::{any, arn};
use crate::model::role_place::{BALANCER, HOOK, LATTICE, MANAGED_INSTANCES, SERVICE, TLS, VOLUME};
use crate::model::{Project, RoleUse, Service, Started, Task};
use crate::policy::Pattern;
use crate::resource::Kind;
use crate::view::View;

/// What ECS does with an infrastructure role: the place that names the role, what it is for, and the actions without which that
/// certainly fails, each with its service and resource. The conditions of the managed policies depend on tags that ECS sets.
struct Duty {
    path: &'static str,
    purpose: &'static str,
    actions: &'static [(&'static str, &'static str)],
}

const DUTIES: [Duty; 6] = [
    Duty {
        path: SERVICE,
        purpose: "register tasks with the load balancer",
        actions: &[("elasticloadbalancing:RegisterTargets", "targetgroup/*")],
    },
    Duty {
        path: VOLUME,
        purpose: "create and attach this EBS volume",
        actions: &[("ec2:CreateVolume", "volume/*"), ("ec2:AttachVolume", "volume/*")],
    },
    Duty {
        path: BALANCER,
        purpose: "shift traffic in a blue/green deployment",
        actions: &[
            ("elasticloadbalancing:RegisterTargets", "targetgroup/*"),
            ("elasticloadbalancing:DescribeTargetHealth", ""),
        ],
    },
    Duty {
        path: LATTICE,
        purpose: "register tasks with VPC Lattice",
        actions: &[("vpc-lattice:RegisterTargets", "targetgroup/*")],
    },
    Duty {
        path: TLS,
        purpose: "issue certificates for Service Connect",
        actions: &[("acm-pca:IssueCertificate", "certificate-authority/*")],
    },
    Duty {
        path: MANAGED_INSTANCES,
        purpose: "create Managed Instances",
        actions: &[("ec2:CreateFleet", "fleet/*"), ("ec2:CreateLaunchTemplate", "launch-template/*")],
    },
];

/// The actions by which the agent registers an instance and receives tasks.
const AGENT: [&str; 3] = ["ecs:DiscoverPollEndpoint", "ecs:RegisterContainerInstance", "ecs:Poll"];

/// What the roles of ECS itself and of its instances need.
pub(super) fn needs<'a>(project: Project<'a>, started: &Started) -> Vec<Permission<'a>> {
    project.role_uses().into_iter().flat_map(|used| of_use(project, used, started)).collect()
}

fn of_use<'a>(project: Project<'a>, used: RoleUse<'a>, started: &Started) -> Vec<Permission<'a>> {
    let needy = Needy::of(used);
    if used.user.kind == Kind::InstanceProfile {
        return instance(project, used, started).into_iter().flatten().collect();
    }
    if used.place.path == HOOK {
        return hooks(project, used).into_iter().flatten().collect();
    }
    if used.place.path == SERVICE && !has_target_group(project, used) {
        return Vec::new();
    }
    let duties = DUTIES.iter().filter(|duty| duty.path == used.place.path);
    let needs = duties.flat_map(|duty| {
        let need = |(action, resource): &(&'static str, &str)| {
            needy.need(action, on(action, resource), duty.purpose, used.named)
        };
        duty.actions.iter().map(need).collect::<Vec<_>>()
    });
    needs.chain(passed(project, used)).collect()
}

/// Returns `true` if a service certainly has a target group; a Classic Load Balancer needs other actions.
fn has_target_group<'a>(project: Project<'a>, used: RoleUse<'a>) -> bool {
    let mut balancers = Service::new(project, used.user).load_balancers();
    balancers.any(|balancer| balancer.view.certainly("targetGroupArn").is_some())
}

/// The resources of an action: all of a type, or `*` for an action that has no resources.
fn on(action: &str, resource: &str) -> Pattern {
    let service = action.split(':').next().unwrap_or_default();
    if resource.is_empty() { everything() } else { arn(service, Pattern::glob(resource)) }
}

/// The role of Managed Instances, which the infrastructure role passes to EC2. The managed policy for it allows only roles whose names
/// begin with `ecsInstanceRole`.
fn passed<'a>(project: Project<'a>, used: RoleUse<'a>) -> Option<Permission<'a>> {
    let managed = project.view(used.user).object("managedInstancesProvider").known()?;
    let named = &managed.object("instanceLaunchTemplate").known()?.entry("ec2InstanceProfileArn")?.value;
    let profile = project.declared(&[Kind::InstanceProfile], named)?;
    let role = project.named_near(Kind::Role, project.profile_role(profile)?, profile)?;
    let need = Needy::of(used).need(
        "iam:PassRole",
        project.arn_of_role(role),
        "pass this instance role to EC2",
        named,
    );
    Some(need.with("iam:PassedToService", Pattern::text("ec2.amazonaws.com")))
}

/// The invocation of the functions of lifecycle hooks.
fn hooks<'a>(project: Project<'a>, used: RoleUse<'a>) -> Option<Vec<Permission<'a>>> {
    let view = project.view(used.user).object("deploymentConfiguration").known()?;
    let named_here =
        |hook: &View<'a>| hook.entry("roleArn").is_some_and(|entry| entry.value.at == used.named.at);
    let need = |hook: View<'a>| {
        let function = &hook.entry("hookTargetArn")?.value;
        let on = project.pattern(function).then(any());
        let is_function = hook.str("targetType").known().is_none_or(|kind| kind == "AWS_LAMBDA");
        let needy = Needy::of(used);
        is_function
            .then(|| needy.need("lambda:InvokeFunction", on, "invoke the function of this hook", function))
    };
    Some(view.list("lifecycleHooks").objects().filter(named_here).filter_map(need).collect())
}

/// What the agent needs, if an Auto Scaling group for ECS or a capacity provider with Managed Instances uses the profile.
fn instance<'a>(project: Project<'a>, used: RoleUse<'a>, started: &Started) -> Option<Vec<Permission<'a>>> {
    let group = project.ecs_group_of(used.user);
    let launcher = group.or_else(|| project.managed_by(used.user))?;
    let at = Place::header(launcher);
    let need = |action| Needy::of(used).need(action, any(), "register this instance", at);
    let alone = group.and_then(|group| project.only_ecs_group(group));
    let starts = alone.into_iter().flat_map(|_| starts(project, used, started));
    Some(AGENT.into_iter().map(need).chain(starts).collect())
}

/// The images and logs for which the role of the instance is used: those of tasks that run only on EC2, without an execution role.
fn starts<'a>(project: Project<'a>, used: RoleUse<'a>, started: &Started) -> Vec<Permission<'a>> {
    let tasks =
        project.in_unit_of(used.user, Kind::Task).map(|task| Task::new(project, task)).filter(|task| {
            let is_on_instances = task.requires("EC2").is_some() && task.requires("FARGATE").is_none();
            is_on_instances && task.view.is_missing("executionRoleArn") && started.contains(*task)
        });
    let needs = |container| {
        let needy = Needy::of(used);
        images(needy, container).into_iter().chain(logs(needy, container))
    };
    tasks.flat_map(Task::containers).flat_map(needs).collect()
}
