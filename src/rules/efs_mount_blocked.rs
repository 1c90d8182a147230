//! See `rules/efs-mount-blocked.md`.

use super::prelude::*;
use super::support::idle;
use super::support::security_groups::{labels, place};
use crate::model::{BlockedBy, Direction, Kind, Peer, Resource, SecurityGroupSet};
use crate::policy::{Denial, Near};
use crate::value::Node;

/// The TCP port of NFS.
const NFS: i64 = 2049;

/// Reports file systems that the tasks of a service cannot mount, because there is no mount target where they run or
/// security groups or the policy of the file system refuse them.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(task) = service.task().known() else { continue };
        let tasks = service.security_group_set();
        for efs in task.volumes().filter_map(Volume::efs) {
            let Some(named) = efs.view.entry("fileSystemId") else { continue };
            let system = FileSystem { project: *project, named: &named.value, service };
            let by_groups = || blocked(project, service, efs, tasks.as_ref()?);
            let found = system.no_mount_target().or_else(|| system.none_in_reach()).or_else(by_groups);
            let found = found.or_else(|| system.refused(efs));
            if let Some(found) = found {
                report.join(found.label(service.anchor(), "the service that runs the tasks"));
            }
        }
    }
}

/// A file system in Terraform that the tasks of a service mount.
struct FileSystem<'a> {
    project: Project<'a>,
    named: &'a Node,
    service: Service<'a>,
}

impl<'a> FileSystem<'a> {
    /// Returns the file system and all its mount targets; `None` if there may be others that are unknown.
    fn targets(&self) -> Option<(&'a Resource, Vec<&'a Resource>)> {
        let system = self.project.file_system_of(self.named).known()?;
        self.project.mount_targets(system).map(|targets| (system, targets))
    }

    fn no_mount_target(&self) -> Option<Finding> {
        let (system, targets) = self.targets()?;
        targets.is_empty().then(|| {
            let finding = Finding::at(
                Place::header(system),
                "the file system has no mount target, so no task can mount it",
            );
            let finding = finding.label(self.named, "a volume of the task uses the file system").error();
            idle::at_most_warning(self.service, finding)
                .help("create a mount target in a subnet of each Availability Zone in which the tasks run")
        })
    }

    /// Reports that the policy of the file system does not let the tasks mount it.
    fn refused(&self, efs: Efs) -> Option<Finding> {
        let system = self.project.declared(&[Kind::FileSystem], self.named)?;
        let header = Place::header(system);
        let (at, message) = match self.project.refusal(system, efs)? {
            Denial::By(at) => (at, "this statement denies the tasks `elasticfilesystem:ClientMount`"),
            Denial::Nothing(near) => (
                near.map(Near::place),
                "the policy of the file system does not allow clients without IAM authorization `elasticfilesystem:ClientMount`",
            ),
            Denial::Boundary(_) => return None,
        };
        let at = at.or_else(|| self.project.policy_place(system)).unwrap_or(header);
        let finding = Finding::at(at, message)
            .labels((at != header).then_some((header, "the file system")))
            .label(self.named, "a volume of the task mounts the file system without IAM authorization");
        let finding = idle::at_most_warning(self.service, finding.error());
        Some(finding.help("allow `elasticfilesystem:ClientMount` to all principals, or use IAM authorization and allow it to the task role"))
    }

    /// Reports that no mount target is in the VPC of the tasks, or in one of their Availability Zones.
    fn none_in_reach(&self) -> Option<Finding> {
        let (system, targets) = self.targets()?;
        let subnets: Option<Vec<&Node>> =
            targets.iter().map(|target| target.request.get("SubnetId")).collect();
        let subnets = subnets?;
        let vpc = |node: &Node| self.project.vpc_of_named(&[Kind::Subnet], node);
        let ours = self.service.subnets();
        if let Some((subnet, home)) = ours.iter().find_map(|node| Some((*node, vpc(node)?))) {
            let homes: Option<Vec<_>> = subnets.iter().map(|node| vpc(node)).collect();
            let homes = homes.unwrap_or_default();
            if let Some(other) =
                homes.first().filter(|_| homes.iter().all(|its| its.vpc.is_certainly_other(&home.vpc)))
            {
                let finding =
                    Finding::at(self.named, "the file system has no mount target in the VPC of the tasks")
                        .label(other.place, format!("its mount target is in {}", other.vpc.called()))
                        .label(subnet, "a subnet of the tasks")
                        .label(home.place, format!("the subnet is in {}", home.vpc.called()));
                let finding = idle::at_most_warning(self.service, finding.error());
                return Some(finding.help("create a mount target in a subnet of the VPC of the tasks"));
            }
        }
        let legs = self.project.zones(&subnets)?;
        let zones = ours.into_iter().filter_map(|node| self.project.zones(&[node])?.into_iter().next());
        let zone = zones.into_iter().find(|zone| legs.iter().all(|leg| leg.is_certainly_other(zone)))?;
        let message = format!("the file system has no mount target in {}, where tasks run", zone.called());
        let finding = Finding::at(Place::header(system), message)
            .label(self.named, "a volume of the task uses the file system")
            .label(zone.subnet, "a subnet of the tasks")
            .label(zone.zone, "the Availability Zone of this subnet")
            .labels(legs.iter().map(|leg| (leg.zone, "the Availability Zone of a mount target")));
        // Instances can have `botocore`, with which the mount helper finds a mount target in another zone.
        let is_certain = self.service.is_for_fargate();
        let finding = if is_certain { finding.error() } else { finding };
        let finding = idle::at_most_warning(self.service, finding);
        Some(finding.help(
            "create a mount target in that Availability Zone, or run the tasks only in Availability Zones that have one",
        ))
    }
}

/// Reports the first mount target that the tasks cannot reach. The mount targets of a file system usually have the same
/// security groups.
fn blocked(project: &Project, service: Service, efs: Efs, tasks: &SecurityGroupSet) -> Option<Finding> {
    let named = efs.view.entry("fileSystemId")?;
    let unit = service.resource.unit();
    let targets = project.of(Kind::MountTarget).filter(|target| target.unit() == unit);
    let mut ours = targets.filter(|target| {
        target.request.get("FileSystemId").is_some_and(|node| node.certainly_equals(&named.value))
    });
    ours.find_map(|target| {
        let view = project.view(target);
        let subnet = view.entry("SubnetId").map(|entry| &entry.value);
        let groups = project.security_group_set(view.list("SecurityGroups"))?;
        let groups = groups.within(subnet.and_then(|subnet| project.networks(&[subnet])));
        let (bars, way) = project.severed(Peer::Groups(tasks), &[groups], &(NFS..=NFS))?;
        Some(idle::at_most_warning(service, finding(efs, target, &bars, way)?))
    })
}

fn finding(efs: Efs, target: &Resource, bars: &[BlockedBy], way: Direction) -> Option<Finding> {
    let (message, help) = match way {
        Direction::Ingress => (
            format!(
                "the security groups of the mount target do not allow the tasks to connect to port {NFS}"
            ),
            format!("allow inbound TCP port {NFS} from the security group of the tasks"),
        ),
        Direction::Egress => (
            format!(
                "the security groups of the tasks do not allow them to connect to port {NFS} of the mount target"
            ),
            format!("allow outbound TCP port {NFS} in the security group of the tasks"),
        ),
    };
    let owner = match way {
        Direction::Ingress => "the mount target",
        Direction::Egress => "the tasks",
    };
    let named =
        efs.view.entry("fileSystemId").map_or_else(|| efs.anchor(), |entry| Place::from(&entry.value));
    let finding = Finding::at(place(bars)?, message)
        .labels(labels(bars, way, owner))
        .label(named, "the file system that the tasks mount")
        .label(Place::header(target), "the mount target of the file system");
    Some(finding.help(help).error())
}
