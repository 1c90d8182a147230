//! See `rules/read-only-root-of-image.md`.

use super::prelude::*;
use crate::model::repository_and_tag;
use crate::suggest::join_and;

/// An image that cannot start unless it can write to some directories.
struct Writer {
    names: &'static [&'static str],
    /// Each directory, with its other name.
    directories: &'static [[&'static str; 2]],
    /// The directory of the settings that choose the directories.
    settings: &'static str,
}

/// The directories of caches and of the file with the process id, by the default settings of the image.
const WRITERS: &[Writer] = &[
    Writer {
        names: &["nginx", "public.ecr.aws/nginx/nginx"],
        directories: &[["/var/cache/nginx", "/var/cache/nginx"], ["/var/run", "/run"]],
        settings: "/etc/nginx",
    },
    Writer {
        names: &["httpd"],
        directories: &[["/usr/local/apache2/logs", "/usr/local/apache2/logs"]],
        settings: "/usr/local/apache2/conf",
    },
];

/// Reports well-known images that write to their read-only root file system when they start.
pub fn check(project: &Project, report: &mut Report) {
    report.extend(project.containers().filter_map(cannot_start));
}

fn cannot_start(container: Container) -> Option<Finding> {
    let Known(true, at) = container.view.bool("readonlyRootFilesystem") else { return None };
    let Known(image, image_at) = container.image() else { return None };
    let (repository, _) = repository_and_tag(image)?;
    let writer = WRITERS.iter().find(|writer| writer.names.contains(&repository))?;
    let is_usual = ["command", "entryPoint", "volumesFrom"]
        .iter()
        .all(|key| container.view.list(key).counted().is_some_and(|items| items.is_empty()));
    let is_linux = container.task.operating_system().known() == Some("LINUX");
    let paths = writable(container)?;
    if !is_usual || !is_linux || paths.iter().any(|path| path.starts_with(writer.settings)) {
        return None;
    }
    let covers = |directory: &str| {
        paths.iter().any(|path| directory == *path || directory.starts_with(&format!("{path}/")))
    };
    let left: Vec<&str> = writer
        .directories
        .iter()
        .filter(|names| !names.iter().any(|name| covers(name)))
        .map(|names| names[0])
        .collect();
    (!left.is_empty()).then(|| {
        let message = format!(
            "{} cannot start, because its root file system is read-only and its image writes to {}",
            container.called(),
            join_and(left)
        );
        Finding::at(at, message)
            .label(image_at, "the image")
            .help("mount a volume at each of these directories")
    })
}

/// The paths at which something is mounted; `None` unless all are known.
fn writable(container: Container<'_>) -> Option<Vec<&str>> {
    let parameters = container.view.object("linuxParameters");
    let tmpfs = match parameters {
        Known(parameters, _) => Some(parameters.list("tmpfs")),
        Missing => None,
        Unknown(_) => return None,
    };
    let lists = [Some(container.view.list("mountPoints")), tmpfs].into_iter().flatten();
    let mut paths = Vec::new();
    for list in lists {
        if !list.is_complete() {
            return None;
        }
        for mount in list.iter() {
            paths.push(mount.str("containerPath").known()?.trim_end_matches('/'));
        }
    }
    Some(paths)
}
