//! Every place that accepts a role, and the service that assumes it there.

use rustc_hash::FxHashSet;

use crate::address::ResourceId;
use crate::model::{Project, run};
use crate::resource::{Kind, Resource};
use crate::value::Node;
use crate::view::View;
use crate::workspace::Reference;

/// A place that accepts a role.
#[derive(Clone, Copy, Debug)]
pub struct RolePlace {
    /// The request.
    pub kind: Kind,
    /// The path of the member; `[]` follows the name of a list.
    pub path: &'static str,
    /// The service principal that assumes the role, without the suffix of the AWS partition.
    pub principal: &'static str,
    /// Who assumes the role, in messages.
    pub who: &'static str,
    /// What the role is called in messages.
    pub noun: &'static str,
}

/// A role that is named in such a place.
#[derive(Clone, Copy, Debug)]
pub struct RoleUse<'a> {
    /// The place.
    pub place: &'static RolePlace,
    /// The resource that names the role.
    pub user: &'a Resource,
    /// The value that names it.
    pub named: &'a Node,
    /// The role.
    pub role: &'a Resource,
}

const fn place(
    kind: Kind,
    path: &'static str,
    principal: &'static str,
    who: &'static str,
    noun: &'static str,
) -> RolePlace {
    RolePlace { kind, path, principal, who, noun }
}

const TASKS: &str = "ecs-tasks.";
const ECS: &str = "ecs.";

/// Application Auto Scaling ignores the role of a scalable target of ECS, so it is not in the list.
const PLACES: &[RolePlace] = &[
    place(Kind::Task, "executionRoleArn", TASKS, "ECS tasks", "execution role"),
    place(Kind::Task, "taskRoleArn", TASKS, "ECS tasks", "task role"),
    place(Kind::DaemonTask, "executionRoleArn", TASKS, "ECS tasks", "execution role"),
    place(Kind::DaemonTask, "taskRoleArn", TASKS, "ECS tasks", "task role"),
    place(Kind::ExpressService, "executionRoleArn", TASKS, "ECS tasks", "execution role"),
    place(Kind::ExpressService, "taskRoleArn", TASKS, "ECS tasks", "task role"),
    place(Kind::ExpressService, "infrastructureRoleArn", ECS, "ECS", "infrastructure role"),
    place(Kind::Gateway, "infrastructureRoleArn", ECS, "ECS", "infrastructure role"),
    place(Kind::Service, SERVICE, ECS, "ECS", "service role"),
    place(Kind::Service, BALANCER, ECS, "ECS", "infrastructure role"),
    place(Kind::Service, VOLUME, ECS, "ECS", "infrastructure role"),
    place(Kind::RunTask, VOLUME, ECS, "ECS", "infrastructure role"),
    place(Kind::Service, TLS, ECS, "ECS", "infrastructure role"),
    place(Kind::Service, LATTICE, ECS, "ECS", "infrastructure role"),
    place(Kind::Service, HOOK, ECS, "ECS", "role of the lifecycle hook"),
    place(Kind::CapacityProvider, MANAGED_INSTANCES, ECS, "ECS", "infrastructure role"),
    place(Kind::EventTarget, "RoleArn", "events.", "EventBridge", "role of the target"),
    place(Kind::Schedule, "Target/RoleArn", "scheduler.", "EventBridge Scheduler", "role of the schedule"),
    place(Kind::StateMachine, "RoleArn", "states.", "Step Functions", "role of the state machine"),
    place(Kind::DeploymentGroup, "serviceRoleArn", "codedeploy.", "CodeDeploy", "service role"),
    place(Kind::Pipeline, "RoleArn", "codepipeline.", "CodePipeline", "service role"),
    place(Kind::InstanceProfile, "Roles[]", "ec2.", "EC2 instances", "instance role"),
];

/// The role with which ECS registers tasks with a load balancer.
pub(crate) const SERVICE: &str = "role";
/// The infrastructure role of a load balancer in a blue/green deployment.
pub(crate) const BALANCER: &str = "loadBalancers[]/advancedConfiguration/roleArn";
/// The infrastructure role of an EBS volume.
pub(crate) const VOLUME: &str = "volumeConfigurations[]/managedEBSVolume/roleArn";
/// The infrastructure role of Service Connect with TLS.
pub(crate) const TLS: &str = "serviceConnectConfiguration/services[]/tls/roleArn";
/// The infrastructure role of VPC Lattice.
pub(crate) const LATTICE: &str = "vpcLatticeConfigurations[]/roleArn";
/// The role of a deployment lifecycle hook.
pub(crate) const HOOK: &str = "deploymentConfiguration/lifecycleHooks[]/roleArn";
/// The infrastructure role of Managed Instances.
pub(crate) const MANAGED_INSTANCES: &str = "managedInstancesProvider/infrastructureRoleArn";

impl<'a> Project<'a> {
    /// The roles in the files that something for ECS uses.
    pub fn role_uses(self) -> Vec<RoleUse<'a>> {
        let mut found = Vec::new();
        let used = self.used_profiles();
        for place in PLACES {
            for user in self.of(place.kind).filter(|user| self.concerns_ecs(user, &used)) {
                let mut named = Vec::new();
                values(self.view(user), place.path, &mut named);
                let role = |named| self.named_near(Kind::Role, named, user);
                let used = |named| Some(RoleUse { place, user, named, role: role(named)? });
                found.extend(named.into_iter().filter_map(used));
            }
        }
        found
    }

    /// Returns `true` if a resource that can serve other purposes certainly is for ECS.
    fn concerns_ecs(self, user: &'a Resource, used: &FxHashSet<ResourceId>) -> bool {
        let view = self.view(user);
        match user.kind {
            Kind::EventTarget | Kind::Schedule | Kind::StateMachine => run::of(self, user).next().is_some(),
            Kind::DeploymentGroup => view.object("ecsService").known().is_some(),
            Kind::Pipeline => !self.releases(user).is_empty(),
            Kind::InstanceProfile => used.contains(&user.id) || self.managed_by(user).is_some(),
            _ => true,
        }
    }

    /// The instance profiles that instances certainly use.
    fn used_profiles(self) -> FxHashSet<ResourceId> {
        let launched = self.of(Kind::LaunchTemplate).chain(self.of(Kind::Instances));
        launched.flat_map(|source| self.profiles_of(source)).map(|profile| profile.id).collect()
    }

    /// The capacity provider whose Managed Instances certainly use an instance profile.
    pub(crate) fn managed_by(self, profile: &'a Resource) -> Option<&'a Resource> {
        self.referring(Reference::ProviderProfile, profile).next()
    }
}

/// The values at a path.
pub(crate) fn values<'a>(view: View<'a>, path: &str, found: &mut Vec<&'a Node>) {
    let (first, rest) = path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let (key, is_list) = first.strip_suffix("[]").map_or((first, false), |key| (key, true));
    let Some(entry) = view.entry(key) else { return };
    let items = match entry.value.as_array().filter(|_| is_list) {
        Some(array) => array.items.iter().collect(),
        None => vec![&entry.value],
    };
    for item in items {
        match rest {
            Some(rest) => values(view.at(item), rest, found),
            None => found.push(item),
        }
    }
}
