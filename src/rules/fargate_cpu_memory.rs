//! See `rules/fargate-cpu-memory.md`.

use crate::diagnostic::{Change, Finding, Literal, Place, Safety};
use crate::model::{FargateSize, Task};
use crate::node::Kind;
use crate::project::Project;
use crate::rules::Report;
use crate::value::Value::Known;

/// Reports task sizes that Fargate does not sell.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(fargate) = task.requires("FARGATE") else { continue };
        if let Some(finding) = arm_windows(task).or_else(|| cpu(task)).or_else(|| memory(task)) {
            report.add(finding.label(fargate, "the task definition asks for Fargate here"));
        }
    }
}

fn windows(task: Task) -> Option<Place> {
    match task.operating_system() {
        Known(system, place) if system.starts_with("WINDOWS") => Some(place),
        _ => None,
    }
}

fn arm_windows(task: Task) -> Option<Finding> {
    let system = windows(task)?;
    let platform = task.view.object("runtimePlatform").known()?;
    let Known("ARM64", place) = platform.str("cpuArchitecture") else { return None };
    let finding = Finding::at(place, "Fargate has no Windows on `ARM64`")
        .label(system, "the operating system")
        .help("set the CPU architecture to `X86_64`");
    Some(finding)
}

fn cpu(task: Task) -> Option<Finding> {
    let Known(cpu, place) = task.cpu() else { return None };
    let windows = windows(task);
    let sold: Vec<i64> =
        FargateSize::cpus().filter(|sold| windows.is_none() || (1024..=4096).contains(sold)).collect();
    if sold.contains(&cpu) {
        return None;
    }
    let sold = sold.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let finding =
        Finding::at(place, format!("Fargate does not sell {cpu} CPU units")).help(format!("it sells {sold}"));
    Some(windows.into_iter().fold(finding, |finding, place| finding.label(place, "for Windows")))
}

fn memory(task: Task) -> Option<Finding> {
    let (Known(cpu, cpu_at), Known(memory, place)) = (task.cpu(), task.memory()) else { return None };
    let size = FargateSize::of(cpu)?;
    (!size.sells(memory)).then(|| {
        Finding::at(place, format!("Fargate does not sell {memory} MiB of memory with {cpu} CPU units"))
            .label(cpu_at, format!("{cpu} CPU units go with {}", size.memory()))
            .help(format!("{} MiB is the nearest that it sells", size.enough(memory)))
            .fix(Safety::Unsafe, format!("write {}", size.enough(memory)), resized(task, size.enough(memory)))
    })
}

/// The change that makes the task's memory another; a string stays one.
fn resized(task: Task, memory: i64) -> Vec<Change> {
    let Some(entry) = task.view.entry("memory") else { return Vec::new() };
    let value = match entry.value.kind {
        Kind::Number(_) => Literal::from(memory),
        _ => Literal::from(memory.to_string().as_str()),
    };
    vec![Change::set(&entry.value, value)]
}
