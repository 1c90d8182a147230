//! See `rules/fargate-cpu-memory.md`.

use super::prelude::*;
use crate::model::FargateSize;
use crate::value::NodeKind;

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
    Some(
        Finding::at(place, format!("Fargate does not sell {cpu} CPU units"))
            .labels(windows.map(|place| (place, "for Windows")))
            .help(format!("it sells {sold}")),
    )
}

fn memory(task: Task) -> Option<Finding> {
    let (Known(cpu, cpu_at), Known(memory, place)) = (task.cpu(), task.memory()) else { return None };
    let size = FargateSize::of(cpu)?;
    let enough = size.enough(memory);
    (!size.sells(memory)).then(|| {
        Finding::at(place, format!("Fargate does not sell {memory} MiB of memory with {cpu} CPU units"))
            .label(cpu_at, format!("{cpu} CPU units go with {}", size.memory()))
            .help(format!("{enough} MiB is the nearest that it sells"))
            .fix(Safety::Unsafe, format!("write {enough}"), set_memory(task, enough))
    })
}

/// The change that makes the task's memory another; a string stays one.
fn set_memory(task: Task, memory: i64) -> Option<Change> {
    let node = &task.view.entry("memory")?.value;
    Some(match node.kind {
        NodeKind::Number(_) => Change::set(node, memory),
        _ => Change::set(node, memory.to_string().as_str()),
    })
}
