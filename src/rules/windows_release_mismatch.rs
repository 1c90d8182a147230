//! See `rules/windows-release-mismatch.md`.

use super::prelude::*;

/// Windows releases: the number in the operating system family, and the words in image tags.
const RELEASES: &[(&str, &[&str])] = &[
    ("2016", &["ltsc2016", "1607"]),
    ("2019", &["ltsc2019", "1809"]),
    ("2004", &["2004"]),
    ("20H2", &["20h2"]),
    ("2022", &["ltsc2022", "20348"]),
    ("2025", &["ltsc2025"]),
];

/// Reports images for another release of Windows than that of the task.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Known(family, family_at) = task.operating_system() else { continue };
        if family == "LINUX" {
            report.extend(task.containers().filter_map(|container| on_linux(container, family_at)));
        }
        let Some(rest) = family.strip_prefix("WINDOWS_SERVER_") else { continue };
        let Some((expected, _)) = RELEASES.iter().find(|(release, _)| rest.starts_with(release)) else {
            continue;
        };
        for container in task.containers() {
            let Some((release, image)) = release_of_image(container) else { continue };
            if release == *expected {
                continue;
            }
            let message = format!(
                "the image of {} is for Windows Server {release}, but the task runs on `{family}`",
                container.called()
            );
            report.add(
                Finding::at(image, message)
                    .label(family_at, "the operating system of the task")
                    .help("use an image for the same release of Windows"),
            );
        }
    }
}

/// Reports an image for Windows in a task that certainly runs on Linux: on EC2, a task without a runtime platform can run on Windows.
fn on_linux(container: Container, family: Place) -> Option<Finding> {
    let (image, place) = container.image().known_at()?;
    let name = image.strip_prefix("mcr.microsoft.com/")?;
    let is_windows =
        ["windows/", "windows:", "dotnet/framework/"].iter().any(|start| name.starts_with(start))
            || ["nanoserver", "windowsservercore"].iter().any(|word| name.contains(word));
    let task = container.task;
    let is_linux = task.requires("FARGATE").is_some() || task.view.entry("runtimePlatform").is_some();
    (is_windows && is_linux).then(|| {
        Finding::at(
            place,
            format!("the image of {} is for Windows, but the task runs on Linux", container.called()),
        )
        .label(family, "the operating system of the task")
        .help("use an image for Linux, or run the task on Windows")
    })
}

/// The release that the tag of an image of Microsoft names.
fn release_of_image(container: Container) -> Option<(&'static str, Place)> {
    let (image, place) = container.image().known_at()?;
    let (_, tag) = image.strip_prefix("mcr.microsoft.com/")?.split_once(':')?;
    let tag = tag.split('@').next()?.to_ascii_lowercase();
    let mut found = RELEASES.iter().filter(|(_, words)| tag.split('-').any(|word| words.contains(&word)));
    let (release, _) = found.next()?;
    found.next().is_none().then_some((*release, place))
}
