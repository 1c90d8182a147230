//! The jobs that a matrix starts, and the runs that a person can choose: each has its own values.

use smol_str::SmolStr;

use crate::frontend::terraform::commands::shell::distinct;
use crate::frontend::terraform::commands::state::State;
use crate::frontend::terraform::commands::workflow::environment::set;
use crate::value::{Entry, Node, NodeKind};

/// The combinations of a matrix that are followed. If there are more, all its values are computed.
const MAX_COMBINATIONS: usize = 64;

/// The values of one job, by their keys.
type Job = Vec<Entry>;

/// States, with the values of each of the jobs that a node starts.
pub(super) fn with_jobs(node: &Node, states: Vec<State>) -> Vec<State> {
    if let Some(matrix) = node.get("parallel").and_then(|parallel| parallel.get("matrix")?.as_array()) {
        return with(states, "", &matrix.items.iter().flat_map(combinations).collect::<Vec<Job>>());
    }
    match node.get("strategy").and_then(|strategy| strategy.get("matrix")) {
        Some(matrix) => with(states, "matrix.", &jobs(matrix)),
        None => states,
    }
}

/// The names of the variables that the matrix of a job sets in GitLab.
pub(super) fn variables(node: &Node) -> Vec<&str> {
    let matrix = node.get("parallel").and_then(|parallel| parallel.get("matrix")?.as_array());
    let jobs = matrix.into_iter().flat_map(|matrix| &matrix.items).filter_map(Node::as_object);
    jobs.flat_map(|job| &job.entries).map(|entry| entry.key.as_str()).collect()
}

/// States, with each value of the inputs that a person chooses from a list.
pub(super) fn with_choices(root: &Node, mut states: Vec<State>) -> Vec<State> {
    let inputs = ["on", "true"].iter().find_map(|on| root.get(on)?.get("workflow_dispatch")?.get("inputs"));
    for input in inputs.and_then(Node::as_object).into_iter().flat_map(|inputs| &inputs.entries) {
        let Some(options) = input.value.get("options").and_then(Node::as_array) else { continue };
        let chosen = |option: &Node| vec![Entry::new(input.key.clone(), input.key_at, option.clone())];
        let options: Vec<Job> = options.items.iter().map(chosen).collect();
        if states.len().saturating_mul(options.len()) <= MAX_COMBINATIONS {
            states = with(states, "inputs.", &options);
        }
    }
    states
}

/// The jobs of a matrix: one for each combination of its lists, as far as none excludes it, and those that it includes.
fn jobs(matrix: &Node) -> Vec<Job> {
    let mut jobs: Vec<Job> = Vec::new();
    for axis in matrix.as_object().into_iter().flat_map(|matrix| &matrix.entries) {
        if ["include", "exclude"].contains(&axis.key.as_str()) {
            continue;
        }
        let Some(values) = axis.value.as_array() else { return Vec::new() };
        let before = if jobs.is_empty() { vec![Vec::new()] } else { std::mem::take(&mut jobs) };
        if before.len().saturating_mul(values.items.len()) > MAX_COMBINATIONS {
            return Vec::new();
        }
        for job in &before {
            let value = |value: &Node| Entry::new(axis.key.clone(), axis.key_at, value.clone());
            jobs.extend(values.items.iter().map(|item| [job.as_slice(), &[value(item)]].concat()));
        }
    }
    jobs.retain(|job| !objects(matrix, "exclude").iter().any(|excluded| agrees(job, excluded, true)));
    let combined = jobs.clone();
    for included in objects(matrix, "include").into_iter().take(MAX_COMBINATIONS) {
        let mut is_added = false;
        for (job, original) in jobs.iter_mut().zip(&combined) {
            if agrees(original, &included, false) {
                job.extend(included.clone());
                is_added = true;
            }
        }
        if !is_added {
            jobs.push(included);
        }
    }
    jobs
}

/// The jobs of one item of a matrix in GitLab: a variable has one value or a list of them.
fn combinations(item: &Node) -> Vec<Job> {
    let axis = |entry: &Entry| match entry.value.as_array() {
        Some(_) => entry.clone(),
        None => {
            let only = Node::array(vec![entry.value.clone()], entry.value.at);
            Entry::new(entry.key.clone(), entry.key_at, only)
        }
    };
    let axes = item.as_object().into_iter().flat_map(|item| &item.entries).map(axis);
    jobs(&Node::object(axes.collect(), item.at))
}

fn objects(matrix: &Node, key: &str) -> Vec<Job> {
    let items = matrix.get(key).and_then(Node::as_array).into_iter().flat_map(|list| &list.items);
    items.filter_map(|item| Some(item.as_object()?.entries.clone())).collect()
}

/// Whether a job has the values of another one; those that it does not have matter only if `must_have` says so.
fn agrees(job: &[Entry], other: &[Entry], must_have: bool) -> bool {
    let same = |entry: &Entry| match job.iter().find(|own| own.key == entry.key) {
        Some(own) => own.value.kind == entry.value.kind,
        None => !must_have,
    };
    other.iter().all(same)
}

/// States, with the values of each job, whose names begin with a prefix. Without jobs, these values are computed.
fn with(states: Vec<State>, prefix: &str, jobs: &[Job]) -> Vec<State> {
    if jobs.is_empty() {
        return states;
    }
    let with = |state: &State, job: &Job| {
        let mut state = state.clone();
        for entry in job {
            set_all(&mut state, &format!("{prefix}{}", entry.key), entry);
        }
        let name = job.first().and_then(|entry| text(&entry.value));
        State { label: name.or_else(|| state.label.clone()), ..state }
    };
    distinct(jobs.iter().flat_map(|job| states.iter().map(move |state| with(state, job))).collect())
}

/// Sets a variable, or those of the members of an object: `matrix.stage.memory`.
fn set_all(state: &mut State, name: &str, entry: &Entry) {
    match entry.value.as_object() {
        Some(object) => {
            object.entries.iter().for_each(|inner| set_all(state, &format!("{name}.{}", inner.key), inner));
        }
        None => set(state, &Entry::new(SmolStr::from(name), entry.key_at, entry.value.clone())),
    }
}

/// The text that names a job.
fn text(value: &Node) -> Option<SmolStr> {
    match &value.kind {
        NodeKind::Number(number) => Some(SmolStr::from(number.as_str())),
        _ => value.as_str().map(SmolStr::from),
    }
}
