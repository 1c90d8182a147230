//! See `rules/instance-platform-mismatch.md`.

use super::prelude::*;
use crate::model::{Host, InstanceType, MachineImage, System};

/// Reports images that the instance type cannot boot, and tasks for another platform than that of all instances.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let Some(hosts) = service.hosts() else { continue };
        let unbootable: Option<Vec<_>> = hosts.groups.iter().map(|host| unbootable(*host)).collect();
        let found = unbootable.and_then(|all| all.into_iter().next()).or_else(|| {
            let task = service.task().known()?;
            let other: Option<Vec<_>> = hosts.groups.iter().map(|host| other_platform(*host, task)).collect();
            other?.into_iter().next()
        });
        let Some(finding) = found else { continue };
        let finding = finding.label(service.anchor(), "the service that runs on these instances");
        report.add(if hosts.is_exhaustive { finding } else { finding.warning() });
    }
}

/// The architecture of the instance types of a group, if all have the same.
fn architecture_of_types(host: Host) -> Option<(&'static str, String, Place)> {
    let types = host.types()?;
    let (name, place) = *types.first()?;
    let architecture = InstanceType::architecture(name)?;
    let same = types.iter().all(|(name, _)| InstanceType::architecture(name) == Some(architecture));
    same.then(|| (architecture, name.to_owned(), place))
}

fn unbootable(host: Host) -> Option<Finding> {
    let (image, place) = host.image()?;
    let ours = image.architecture?;
    let (theirs, name, type_at) = architecture_of_types(host)?;
    (ours != theirs).then(|| {
        Finding::at(
            place,
            format!("the image is for `{ours}`, but instance type `{name}` has the architecture `{theirs}`"),
        )
        .label(image.place, "the name of the image")
        .label(type_at, format!("`{name}` is a type with the architecture `{theirs}`"))
        .help("use an image and an instance type with the same architecture")
    })
}

/// Reports a task whose runtime platform differs from that of the instances.
fn other_platform(host: Host, task: Task) -> Option<Finding> {
    let platform = task.view.object("runtimePlatform").known()?;
    let family = platform.str("operatingSystemFamily").known_at();
    if let Some((family, family_at)) = family
        && let Some((image, place)) = host.image()
        && let Some(system) = other_system(&image, family)
    {
        let message = format!("the task requires `{family}`, but the instances run {system}");
        return Some(
            Finding::at(family_at, message)
                .label(place, "the image of the instances")
                .help("use instances with the operating system that the task requires"),
        );
    }
    let (architecture, architecture_at) = platform.str("cpuArchitecture").known_at()?;
    let (theirs, name, type_at) = architecture_of_types(host)?;
    (architecture != theirs).then(|| {
        Finding::at(
            architecture_at,
            format!("the task requires `{architecture}`, but the instances have the architecture `{theirs}`"),
        )
        .label(type_at, format!("`{name}` has the architecture `{theirs}`"))
        .help("use an instance type with the architecture that the task requires")
    })
}

/// The system of an image, if tasks with an operating system family certainly cannot run on it.
fn other_system(image: &MachineImage, family: &str) -> Option<String> {
    match image.system {
        System::AmazonLinux | System::Gpu | System::Bottlerocket => {
            (family != "LINUX").then(|| "Linux".to_owned())
        }
        System::Windows(release) => {
            let is_same =
                family.strip_prefix("WINDOWS_SERVER_").is_some_and(|rest| rest.starts_with(release));
            (!is_same).then(|| format!("Windows Server {release}"))
        }
        System::WithoutAgent => None,
    }
}
