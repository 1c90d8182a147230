//! See `rules/efs-mount-blocked.md`.

use crate::diagnostic::{Finding, Place};
use crate::model::{Efs, Service};
use crate::project::{Barred, Document, Kind, Party, Project, Way};
use crate::rules::Report;
use crate::value::View;

/// The port that NFS is served on.
const NFS: i64 = 2049;

/// Reports file systems that the tasks of a service cannot mount, for security groups drop their packets.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(task) = service.task().known() else { continue };
        let Some(tasks) = groups_of(project, service) else { continue };
        let volumes = task.volumes().filter_map(|volume| volume.efs());
        volumes.filter_map(|efs| blocked(project, service, efs, &tasks)).for_each(|found| report.add(found));
    }
}

fn groups_of<'a>(project: &Project<'a>, service: Service<'a>) -> Option<Party<'a>> {
    let network = service.network().known()?;
    project.party(network.list("securityGroups"), service.document.scope)
}

/// What the first mount target says that the tasks cannot get at; all of a file system mostly have the same groups.
fn blocked(project: &Project, service: Service, efs: Efs, tasks: &Party) -> Option<Finding> {
    let named = efs.view.entry("fileSystemId")?;
    let scope = service.document.scope;
    let targets = project.of(Kind::MountTarget).filter(|target| target.scope == scope);
    let mut ours = targets.filter(|target| {
        target.request.get("FileSystemId").is_some_and(|node| node.certainly_equals(&named.value))
    });
    ours.find_map(|target| {
        let party = project.party(project.view(target).list("SecurityGroups"), scope)?;
        let (bars, way) = match project.barred(&party, Way::In, NFS, tasks) {
            Some(bars) => (bars, Way::In),
            None => (project.barred(tasks, Way::Out, NFS, &party)?, Way::Out),
        };
        Some(finding(efs, target, &bars, way).label(service.title(), "the service that runs the tasks"))
    })
}

fn finding(efs: Efs, target: &Document, bars: &[Barred], way: Way) -> Finding {
    let (message, help) = match way {
        Way::In => (
            format!("the mount target's security groups do not let the tasks reach port `{NFS}`"),
            format!("let TCP port {NFS} in from the tasks' security group"),
        ),
        Way::Out => (
            format!("the tasks' security groups do not let them reach port `{NFS}` of the mount target"),
            format!("let TCP port {NFS} out of the tasks' security group"),
        ),
    };
    let at = efs.view.entry("fileSystemId").map_or_else(|| efs.title(), |entry| Place::from(&entry.value));
    let finding = Finding::at(at, message)
        .label(Place::from(target.title), "the mount target of the file system")
        .help(help);
    bars.iter().fold(finding, |finding, bar| match (bar.nearest, way) {
        (Some(rule), _) => finding.label(View::place(rule), "this rule is for other packets"),
        (None, Way::In) => finding.label(Place::from(bar.group.title), "this security group lets nothing in"),
        (None, Way::Out) => {
            finding.label(Place::from(bar.group.title), "this security group lets nothing out")
        }
    })
}
