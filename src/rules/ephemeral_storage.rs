//! See `rules/ephemeral-storage.md`.

use crate::diagnostic::{Change, Finding, Safety};
use crate::model::Task;
use crate::node::Entry;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;
use crate::value::View;

/// The sizes that can be asked for, in GiB; a task that asks for none has 20.
const LEAST: i64 = 21;
const MOST: i64 = 200;

/// Reports ephemeral storage of a size that Fargate does not give, and any off Fargate.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let (Some(entry), Known(storage, _)) =
            (task.view.entry("ephemeralStorage"), task.view.object("ephemeralStorage"))
        else {
            continue;
        };
        match off_fargate(task, entry) {
            Some(finding) => report.add(finding),
            None => size(storage, entry).into_iter().for_each(|finding| report.add(finding)),
        }
    }
}

fn off_fargate(task: Task, entry: &Entry) -> Option<Finding> {
    let ec2 = task.requires("EC2")?;
    let on_fargate = task.requires("FARGATE").is_some() || !task.compatibilities().is_complete();
    (!on_fargate).then(|| {
        Finding::at(entry.key_at, format!("`{}` is only for Fargate", entry.written))
            .label(ec2, "the task definition asks for EC2 here")
            .help("remove it; on EC2 the size of the instance's volume counts")
            .fix(Safety::Unsafe, format!("remove `{}`", entry.written), vec![Change::remove(entry)])
    })
}

fn size(storage: View, entry: &Entry) -> Option<Finding> {
    let Known(size, place) = storage.int("sizeInGiB") else { return None };
    let written = storage.entry("sizeInGiB")?;
    let help = format!("write {LEAST} to {MOST} GiB; a task that asks for nothing has 20");
    let finding = |bound: &str| {
        Finding::at(place, format!("{size} GiB of ephemeral storage are {bound} than can be asked for"))
            .help(&*help)
    };
    let set = |bound: i64| (Safety::Unsafe, format!("set `{}` to {bound}", written.written), bound);
    match size {
        // 20 GiB is what a task has without saying so, and cannot be said.
        20 => Some(finding("less").fix(
            Safety::Safe,
            format!("remove `{}`", entry.written),
            vec![Change::remove(entry)],
        )),
        ..LEAST => {
            let (safety, title, bound) = set(LEAST);
            Some(finding("less").fix(safety, title, vec![Change::set(&written.value, bound)]))
        }
        LEAST..=MOST => None,
        _ => {
            let (safety, title, bound) = set(MOST);
            Some(finding("more").fix(safety, title, vec![Change::set(&written.value, bound)]))
        }
    }
}
