//! See `rules/efs-name-unresolved.md`.

use super::prelude::*;
use super::support::idle;
use crate::policy::Verdict;

/// Reports services with EFS volumes in a VPC that does not resolve the names of file systems.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(task) = service.task().known() else { continue };
        let efs =
            task.volumes().find_map(|volume| volume.efs().and(volume.view.entry("efsVolumeConfiguration")));
        let Some(efs) = efs.map(Place::key) else { continue };
        let vpc = project.vpc_made_for(&service.subnets()).filter(|vpc| !project.has_opaque_refs(vpc));
        let Some(vpc) = vpc.filter(|vpc| !project.may_have_own_resolver(vpc)) else { continue };
        let view = project.view(vpc);
        let [support, names] = view.fields(["EnableDnsSupport", "EnableDnsHostnames"]);
        // Without a resolver, Fargate tasks cannot even pull their images, which another rule reports.
        if support.bool().known() == Some(false) && service.launch().is_some() {
            continue;
        }
        let finding = if let Known(false, place) = support.bool() {
            Finding::at(
                place,
                format!("`{support}` is `false`, so tasks cannot resolve the name of the EFS file system"),
            )
        } else if let Known(false, place) = names.bool() {
            Finding::at(
                place,
                format!("`{names}` is `false`, so tasks cannot resolve the name of the EFS file system"),
            )
        } else if names.is_missing() {
            let message = format!(
                "`{names}` is not set and defaults to `false`, so tasks cannot resolve the name of the EFS file system"
            );
            Finding::at(Place::header(vpc), message)
        } else {
            continue;
        };
        // Without the name, the mount helper looks for the addresses of the mount targets, if a role lets it.
        let finding = match project.looks_up_mount_targets(task) {
            Verdict::Allowed => continue,
            Verdict::Denied(_) => finding,
            Verdict::Unknown(_) => finding.warning(),
        };
        let finding = finding
            .label(efs, "ECS mounts this file system by its DNS name")
            .label(service.anchor(), "the service that runs the tasks")
            .help(format!("set `{support}` and `{names}` to `true`"));
        report.add(idle::at_most_warning(service, finding));
    }
}
