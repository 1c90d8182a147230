//! See `rules/efs-access-point-directory.md`.

use super::prelude::*;
use crate::model::{Kind, Resource};

/// Reports access points whose root directory does not exist, or belongs to another user, on a new file system.
pub fn check(project: &Project, report: &mut Report) {
    for point in project.of(Kind::AccessPoint) {
        let Some(system) = project.only_prepared_by(point) else { continue };
        let all = project.volumes().filter_map(Volume::efs);
        let used = all.filter(|efs| {
            efs.access_point().and_then(|named| named.resource()).is_some_and(|found| found.is(point))
        });
        let used: Vec<Efs> = used.collect();
        let finding = missing(project, point, &used).or_else(|| of_root(project, point, &used));
        report.extend(finding.map(|finding| {
            finding.label(Place::header(system), "the file system is created without directories")
        }));
    }
}

/// Reports a directory that EFS does not create.
fn missing(project: &Project, point: &Resource, used: &[Efs]) -> Option<Finding> {
    let root = project.view(point).object("RootDirectory").known()?;
    let Known(path, at) = root.str("Path") else { return None };
    let info = root.field("CreationInfo");
    let volume_at = used.first()?.access_point()?.named;
    (path != "/" && info.is_missing()).then(|| {
        Finding::at(at, format!("EFS does not create the directory `{path}` of the access point, so it cannot be mounted until something else does"))
            .label(&volume_at.value, "a volume mounts the access point")
            .help(format!("add `{info}` with the owner and the permissions of the directory"))
    })
}

/// Reports a user who cannot write to the root directory, which belongs to `root`.
fn of_root(project: &Project, point: &Resource, used: &[Efs]) -> Option<Finding> {
    let view = project.view(point);
    let is_root = match view.object("RootDirectory") {
        Missing => true,
        Known(root, _) => {
            root.str("Path").or_default("/", root.place()).known() == Some("/")
                && root.is_missing("CreationInfo")
        }
        Unknown(_) => false,
    };
    let Known(user, at) = view.object("PosixUser").known()?.scalar("Uid") else { return None };
    let (mounted, path) = used.iter().find_map(|efs| Some((efs, writable_mount(*efs)?)))?;
    (is_root && user != "0").then(|| {
        let message = format!("user {user} of the access point cannot write to the root directory of the file system, which belongs to `root`");
        Finding::at(Place::header(point), message)
            .label(at, "all clients of the access point act as this user")
            .label(path, format!("the container can write to {}", mounted.volume.called()))
            .help(format!("set `{}` to a directory with an owner of its own, which EFS then creates", view.field("RootDirectory")))
    })
}

/// The place of a mount of a volume that is not read-only.
fn writable_mount(efs: Efs) -> Option<Place> {
    let Known(name, _) = efs.volume.name() else { return None };
    let mounts =
        efs.volume.task.containers().flat_map(|container| container.view.list("mountPoints").objects());
    let mut ours = mounts.filter(|mount| mount.str("sourceVolume").known() == Some(name));
    let writable = ours.find(|mount| matches!(mount.bool("readOnly"), Missing | Known(false, _)))?;
    Some(writable.heading("sourceVolume"))
}
