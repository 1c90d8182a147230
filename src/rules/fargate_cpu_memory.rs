//! See `rules/fargate-cpu-memory.md`.

use super::prelude::*;
use crate::model::FargateSize;
use crate::value::NodeKind;

/// Reports combinations of CPU and memory of tasks and Express services that Fargate does not support.
pub fn check(project: &Project, report: &mut Report) {
    for task in project.tasks() {
        let Some(fargate) = task.requires("FARGATE") else { continue };
        if let Some(finding) = arm_windows(task).or_else(|| cpu(task)).or_else(|| memory(task)) {
            report.add(finding.label(fargate, "the task definition requires Fargate"));
        }
    }
    for task in project.express_services() {
        let found = cpu(task).or_else(|| memory(task));
        // AWS has been seen to reject such sizes of task definitions only.
        let label = "Express services run on Fargate";
        report.extend(found.map(|finding| finding.label(task.anchor(), label).warning()));
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
    let finding = Finding::at(place, "architecture `ARM64` is not supported for Windows on Fargate")
        .label(system, "the operating system is Windows")
        .help(format!("set `{}` to `X86_64`", platform.field("cpuArchitecture")));
    Some(finding)
}

fn cpu(task: Task) -> Option<Finding> {
    let Known(cpu, place) = task.cpu() else { return None };
    let windows = windows(task);
    let valid: Vec<i64> =
        FargateSize::cpus().filter(|cpu| windows.is_none() || (1024..=4096).contains(cpu)).collect();
    if valid.contains(&cpu) {
        return None;
    }
    let platform = if windows.is_some() { "Windows on Fargate" } else { "Fargate" };
    let (most, others) = valid.split_last()?;
    let others = others.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Some(
        Finding::at(place, format!("{cpu} is not a valid number of CPU units for {platform}"))
            .labels(windows.map(|place| (place, "the operating system is Windows")))
            .help(format!("set `{}` to {others}, or {most}", task.view.field("cpu"))),
    )
}

fn memory(task: Task) -> Option<Finding> {
    let (Known(cpu, cpu_at), Known(memory, place)) = (task.cpu(), task.memory()) else { return None };
    let size = FargateSize::of(cpu)?;
    let enough = size.enough(memory);
    (!size.sells(memory)).then(|| {
        let message = format!(
            "{memory} MiB is not a valid Fargate memory size for {cpu} CPU units: expected {}",
            size.memory()
        );
        let field = task.view.field("memory");
        Finding::at(place, message)
            .label(cpu_at, format!("{cpu} CPU units"))
            .help(format!("set `{field}` to {enough}, the nearest valid size, or change the CPU units"))
            .fix(Safety::Unsafe, format!("set `{field}` to {enough}"), set_memory(task, enough))
    })
}

/// Returns the change that sets the task's memory, in MiB. A string remains a string.
fn set_memory(task: Task, memory: i64) -> Option<Change> {
    let node = &task.view.entry("memory")?.value;
    Some(match node.kind {
        NodeKind::Number(_) => Change::set(node, memory),
        _ => Change::set(node, memory.to_string().as_str()),
    })
}
