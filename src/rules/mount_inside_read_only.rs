//! See `rules/mount-inside-read-only.md`.

use super::prelude::*;

/// Reports mounts inside a read-only mount, in which Docker cannot create the directory for them.
pub fn check(project: &Project, report: &mut Report) {
    for container in project.containers() {
        let mounts = container.mounts();
        for inner in &mounts {
            let mut outer = mounts.iter().filter(|outer| inner.path.starts_with(&format!("{}/", outer.path)));
            let Some(outer) = outer.find(|outer| outer.is_read_only) else { continue };
            let message = format!(
                "{} mounts a volume at `{}`, inside the read-only mount at `{}`",
                container.called(),
                inner.path,
                outer.path
            );
            report.add(
                Finding::at(inner.place, message)
                    .label(outer.place, "this mount is read-only")
                    .help("mount the volume outside the read-only mount, or make that mount writable"),
            );
        }
    }
}
