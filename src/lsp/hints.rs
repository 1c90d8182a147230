//! Inlay hints: the size of a task.

use tower_lsp::ls_types::{InlayHint, InlayHintLabel, InlayHintParams, InlayHintTooltip};

use crate::diagnostic::Place;
use crate::lsp::run::Run;
use crate::model::{FargateSize, Project, Task};
use crate::source::{FileId, Span};
use crate::view::{UnknownReads, Value};

/// The hints in a range of a file.
pub(super) fn hints(run: &Run, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
    let file = run.file(&params.text_document.uri)?;
    let reads = UnknownReads::default();
    let tasks = Project::new(&run.reading.workspace, &reads).tasks();
    let mut hints: Vec<InlayHint> = tasks.flat_map(|task| of_task(run, task, file)).collect();
    hints.retain(|hint| params.range.start <= hint.position && hint.position <= params.range.end);
    hints.sort_by_key(|hint| hint.position);
    hints.dedup_by_key(|hint| hint.position);
    Some(hints)
}

fn of_task(run: &Run, task: Task, file: FileId) -> Vec<InlayHint> {
    let mut hints = Vec::new();
    if let Value::Known(cpu, place) = task.cpu() {
        let others = task.requires("FARGATE").and_then(|_| FargateSize::of(cpu));
        let tooltip =
            others.map(|size| format!("Valid Fargate memory for this CPU value: {}", size.memory()));
        hints.extend(shown(place, file).map(|at| hint(run, at, vcpus(cpu), tooltip.clone())));
        if let Value::Known(memory, place) = task.memory() {
            hints.extend(shown(place, file).map(|at| hint(run, at, amount(memory), tooltip)));
        }
    } else if let Value::Known(memory, place) = task.memory() {
        hints.extend(shown(place, file).map(|at| hint(run, at, amount(memory), None)));
    }
    // Without a task size, a task uses the total of its containers.
    let no_size = task.cpu().is_missing() && task.memory().is_missing();
    if let (true, Some(size)) = (no_size, size(task)) {
        let list = task.container_list().place();
        hints.extend(shown(task.anchor(), file).filter(|_| list.used.is_none()).map(|at| {
            let tooltip = "total of the containers".to_owned();
            hint(run, at, size, Some(tooltip))
        }));
    }
    hints
}

fn shown(place: Place, file: FileId) -> Option<Span> {
    [place.used, Some(place.span)].into_iter().flatten().find(|span| span.file == file)
}

fn hint(run: &Run, at: Span, label: String, tooltip: Option<String>) -> InlayHint {
    InlayHint {
        position: run.range(at).end,
        label: InlayHintLabel::String(label),
        kind: None,
        text_edits: None,
        tooltip: tooltip.map(InlayHintTooltip::String),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}

/// The size of a task: its own, or else the total of its containers.
pub(super) fn size(task: Task) -> Option<String> {
    let sum = |key: &str| -> Option<i64> {
        let all = task.container_list().is_complete();
        let of_container = |container: crate::model::Container| match container.view.int(key) {
            Value::Known(amount, _) => Some(amount),
            Value::Missing => Some(0),
            Value::Unknown(_) => None,
        };
        task.containers().map(of_container).sum::<Option<i64>>().filter(|sum| all && *sum > 0)
    };
    let cpu = match task.cpu() {
        Value::Known(cpu, _) => Some(cpu),
        Value::Missing => sum("cpu"),
        Value::Unknown(_) => None,
    };
    let memory = match task.memory() {
        Value::Known(memory, _) => Some(memory),
        Value::Missing => sum("memory"),
        Value::Unknown(_) => None,
    };
    let parts: Vec<String> = [cpu.map(vcpus), memory.map(amount)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn vcpus(units: i64) -> String {
    format!("{} vCPU", thousandth(units))
}

fn amount(mebibytes: i64) -> String {
    if mebibytes < 1024 { format!("{mebibytes} MiB") } else { format!("{} GiB", thousandth(mebibytes)) }
}

/// Formats a number of 1024ths with at most three decimal places.
fn thousandth(count: i64) -> String {
    let text = format!("{}.{:03}", count / 1024, (count % 1024) * 1000 / 1024);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
