//! See `rules/ephemeral-storage.md`.

use super::prelude::*;
use crate::value::Entry;

/// The sizes that can be requested, in GiB. The default of 20 GiB cannot be requested.
const MIN_SIZE: i64 = 21;
const MAX_SIZE: i64 = 200;

/// Reports ephemeral storage of a size that Fargate does not support, and any for tasks that do not run on Fargate.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let (Some(entry), Known(storage, _)) =
            (task.view.entry("ephemeralStorage"), task.view.object("ephemeralStorage"))
        else {
            continue;
        };
        report.extend(off_fargate(task, entry).or_else(|| wrong_size(storage, entry)));
    }
}

fn off_fargate(task: Task, entry: &Entry) -> Option<Finding> {
    let ec2 = task.requires("EC2")?;
    let on_fargate = task.requires("FARGATE").is_some() || !task.compatibilities().is_complete();
    (!on_fargate).then(|| {
        Finding::at(entry.key_at, format!("`{}` is supported only on Fargate", entry.written))
            .label(ec2, "the task definition requires EC2")
            .help(format!("remove `{}`; on EC2, tasks use the storage of the instance", entry.written))
            .fix(Safety::Unsafe, format!("remove `{}`", entry.written), [Change::remove(entry)])
    })
}

fn wrong_size(storage: View, entry: &Entry) -> Option<Finding> {
    let field = storage.field("sizeInGiB");
    let Known(size, place) = field.int() else { return None };
    if (MIN_SIZE..=MAX_SIZE).contains(&size) {
        return None;
    }
    let message = format!("`{field}` must be between {MIN_SIZE} and {MAX_SIZE} GiB (got {size})");
    let finding = Finding::at(place, message).help(format!(
        "use a size in this range, or remove `{}` to get the default of 20 GiB",
        entry.written
    ));
    let near = size.clamp(MIN_SIZE, MAX_SIZE);
    // 20 GiB is the default, which cannot be set explicitly.
    Some(match size {
        20 => finding.fix(Safety::Safe, format!("remove `{}`", entry.written), [Change::remove(entry)]),
        _ => finding.fix(Safety::Unsafe, format!("set `{field}` to {near}"), field.set(near)),
    })
}
