//! See `rules/ephemeral-storage.md`.

use super::prelude::*;
use crate::value::Entry;

/// The sizes that can be asked for, in GiB; a task that asks for none has 20.
const MIN_SIZE: i64 = 21;
const MAX_SIZE: i64 = 200;

/// Reports ephemeral storage of a size that Fargate does not give, and any off Fargate.
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
        Finding::at(entry.key_at, format!("`{}` is only for Fargate", entry.written))
            .label(ec2, "the task definition asks for EC2 here")
            .help("remove it; on EC2 the size of the instance's volume counts")
            .fix(Safety::Unsafe, format!("remove `{}`", entry.written), [Change::remove(entry)])
    })
}

fn wrong_size(storage: View, entry: &Entry) -> Option<Finding> {
    let field = storage.field("sizeInGiB");
    let Known(size, place) = field.int() else { return None };
    if (MIN_SIZE..=MAX_SIZE).contains(&size) {
        return None;
    }
    let bound = if size < MIN_SIZE { "less" } else { "more" };
    let finding =
        Finding::at(place, format!("{size} GiB of ephemeral storage are {bound} than can be asked for"))
            .help(format!("write {MIN_SIZE} to {MAX_SIZE} GiB; a task that asks for nothing has 20"));
    let near = size.clamp(MIN_SIZE, MAX_SIZE);
    // 20 GiB is what a task has without saying so, and cannot be said.
    Some(match size {
        20 => finding.fix(Safety::Safe, format!("remove `{}`", entry.written), [Change::remove(entry)]),
        _ => finding.fix(Safety::Unsafe, format!("set `{field}` to {near}"), field.set(near)),
    })
}
