//! Workflows and pipelines: the commands of each job and step, with its environment and its working directory.

use std::rc::Rc;

use smol_str::SmolStr;

use crate::frontend::terraform::commands::lexer::{Dialect, whole};
use crate::frontend::terraform::commands::shell::{Reader, distinct};
use crate::frontend::terraform::commands::state::State;
use crate::frontend::terraform::commands::{action, atlantis, terraform};
use crate::value::{Entry, Mapped, Node, NodeKind};

mod environment;
mod include;
mod matrix;

pub(super) use include::{PIPELINE, with_included};

use environment::{ENVIRONMENTS, directory, environment, set};

/// Members that describe something for people, or say when something runs.
const PROSE: &[&str] = &[
    "body",
    "comment",
    "desc",
    "description",
    "displayName",
    "help",
    "if",
    "key",
    "label",
    "message",
    "name",
    "on",
    "summary",
    "text",
    "title",
    "true",
    "usage",
    "when",
];

/// Members whose members are jobs.
const JOBS: &[&str] = &["deployments", "jobs", "stages", "tasks"];

/// Members that only jobs and steps have.
const OF_JOB: &[&str] = &["cmds", "script", "steps"];

/// Members that name a job in a list.
const NAMES: &[&str] = &["deployment", "job", "stage"];

/// Commands before those of each job.
const BEFORE: &str = "before_script";

/// Members whose commands run in one shell, one after the other.
const ONE_SHELL: &[&str] = &["phases"];

/// The members that are compared with a name for as much work as one word of a command.
const MEMBERS_OF_WORD: usize = 16;

/// The number of jobs that a job extends, at each of as many levels.
const MAX_EXTENDED: usize = 5;

/// Follows the commands of a document, and returns the environments that it sets.
pub(super) fn read(reader: &mut Reader, root: &Node) -> Vec<State> {
    let mut walk = Walk { reader, root, before: None, environments: Vec::new() };
    let default = root.get("default").and_then(|default| default.get(BEFORE));
    walk.before = root.get(BEFORE).or(default);
    let states = matrix::with_choices(root, vec![State::default()]);
    match root.as_object() {
        Some(_) => walk.object(root, None, states),
        None => walk.commands(root, states),
    };
    walk.environments
}

struct Walk<'w> {
    reader: &'w mut Reader,
    root: &'w Node,
    /// The commands before those of each job that has none.
    before: Option<&'w Node>,
    environments: Vec<State>,
}

impl Walk<'_> {
    /// Follows an object, and returns the states that it ends in.
    fn object(&mut self, node: &Node, key: Option<&str>, mut states: Vec<State>) -> Vec<State> {
        let Some(object) = node.as_object().filter(|_| self.reader.spend(states.len())) else {
            return states;
        };
        let (environment, directory) = (environment(node), directory(node));
        let is_set = environment.iter().any(|entry| entry.key.starts_with("TF_"));
        for state in &mut states {
            let name = NAMES.iter().find_map(|name| node.get(name)?.as_str());
            if let Some(name) = name.filter(|_| OF_JOB.iter().any(|key| node.get(key).is_some())) {
                state.label = Some(SmolStr::from(name));
            }
        }
        // The environment and the directory can depend on the values of a matrix, and do not replace them.
        states = matrix::with_jobs(node, states);
        let of_matrix = matrix::variables(node);
        for state in &mut states {
            for entry in environment.iter().filter(|entry| !of_matrix.contains(&entry.key.as_str())) {
                set(state, entry);
            }
            if let Some(directory) = &directory {
                let text = state.resolved(directory, &whole(&directory.text, 0..directory.text.len()));
                // A job has its own directory, wherever it would start without it.
                state.directory = State::default().directory;
                state.change_directory(text.text.trim());
            }
        }
        if is_set {
            self.environments.extend(states.iter().cloned());
        }
        for state in &mut states {
            action::write(self.reader, node, state);
            let call = action::call(self.reader.file, node, state);
            self.reader.mentions += usize::from(call.is_some());
            self.reader.calls.extend(call);
        }
        let start = states.clone();
        let own = node.get(BEFORE);
        let is_job = node.get("script").is_some() && !std::ptr::eq(node, self.root);
        if let Some(before) = own.or(self.before).filter(|_| is_job) {
            states = self.commands(before, states);
        }
        let mut last = states.clone();
        for Entry { key: member, value, .. } in &object.entries {
            let is_environment = key != Some(atlantis::WORKFLOWS) && ENVIRONMENTS.contains(&member.as_str());
            let is_hidden = key.is_none() && member.starts_with('.') && std::ptr::eq(node, self.root);
            if is_hidden || member == BEFORE || PROSE.contains(&member.as_str()) || is_environment {
                continue;
            }
            let merged = self.extended(value);
            let value = merged.as_ref().unwrap_or(value);
            let is_job = key.is_some_and(|key| JOBS.contains(&key))
                || OF_JOB.iter().any(|of_job| value.get(of_job).is_some());
            let mut inside = if member == "script" { states.clone() } else { start.clone() };
            if ONE_SHELL.iter().any(|one| key == Some(one)) {
                inside.clone_from(&last);
            }
            if let Some(of_projects) =
                atlantis::states(self.root, member).filter(|_| key == Some(atlantis::WORKFLOWS))
            {
                inside = of_projects;
            }
            if is_job {
                inside.iter_mut().for_each(|state| state.label = Some(member.clone()));
            }
            last = self.member(value, member, inside);
        }
        last
    }

    fn member(&mut self, value: &Node, key: &str, states: Vec<State>) -> Vec<State> {
        match &value.kind {
            NodeKind::Object(_) => self.object(value, Some(key), states),
            _ => self.commands(value, states),
        }
    }

    /// Follows a text, or a list of texts and steps.
    fn commands(&mut self, value: &Node, mut states: Vec<State>) -> Vec<State> {
        let Some(list) = value.as_array() else { return self.text(value, states) };
        if let Some(words) = command_line(value) {
            for state in &states {
                self.reader.mentions += usize::from(terraform::is_called(&words));
                self.reader.calls.extend(terraform::call(self.reader.file, &words, state));
            }
            return states;
        }
        for item in &list.items {
            states = match &item.kind {
                NodeKind::Object(_) => {
                    let after = self.object(item, None, states.clone());
                    with_later(states, &after)
                }
                NodeKind::Array(_) => self.commands(item, states),
                _ => self.text(item, states),
            };
        }
        states
    }

    fn text(&mut self, value: &Node, states: Vec<State>) -> Vec<State> {
        match Mapped::string(value) {
            Some(text) => self.reader.run(&text, 0..text.text.len(), Dialect::Shell, states),
            None => states,
        }
    }

    /// A job with the members of those that it extends; `None` if it extends none.
    fn extended(&mut self, job: &Node) -> Option<Node> {
        self.extended_within(job, MAX_EXTENDED)
    }

    fn extended_within(&mut self, job: &Node, depth: usize) -> Option<Node> {
        let extends = job.get("extends").filter(|_| depth > 0)?;
        let members = |node: &Node| node.as_object().map_or(0, |object| object.entries.len());
        if !self.reader.spend(members(job) + members(self.root) / MEMBERS_OF_WORD) {
            return None;
        }
        let names = extends.as_array().map_or(std::slice::from_ref(extends), |list| &list.items);
        let mut merged: Vec<Entry> = Vec::new();
        for name in names.iter().take(MAX_EXTENDED).filter_map(Node::as_str) {
            let Some(base) = self.root.get(name) else { continue };
            let inherited = self.extended_within(base, depth - 1);
            merge(&mut merged, inherited.as_ref().unwrap_or(base));
        }
        merge(&mut merged, job);
        Some(Node::object(merged, job.at))
    }
}

/// Adds the members of an object to others, which they replace. Those of variables are added one by one.
fn merge(merged: &mut Vec<Entry>, object: &Node) {
    for entry in object.as_object().into_iter().flat_map(|object| &object.entries) {
        match merged.iter_mut().find(|known| known.key == entry.key) {
            Some(known)
                if ENVIRONMENTS.contains(&entry.key.as_str()) && known.value.as_object().is_some() =>
            {
                let mut inner =
                    known.value.as_object().map(|object| object.entries.clone()).unwrap_or_default();
                merge(&mut inner, &entry.value);
                known.value = Node::object(inner, known.value.at);
            }
            Some(known) => known.value = entry.value.clone(),
            None => merged.push(entry.clone()),
        }
    }
}

/// States, with what a step sets for those after it.
fn with_later(states: Vec<State>, after: &[State]) -> Vec<State> {
    let is_same = |after: &State| after.later.is_empty() && after.written.is_empty();
    if after.iter().all(is_same) {
        return states;
    }
    let with = |state: &State, after: &State| {
        let mut state = state.clone();
        let later = after.later.iter().map(|(name, variable)| (name.clone(), variable.clone()));
        Rc::make_mut(&mut state.variables).extend(later);
        state.keep_written(std::slice::from_ref(after));
        state
    };
    distinct(states.iter().flat_map(|state| after.iter().map(move |after| with(state, after))).collect())
}

/// The words of a command that is written as a list.
fn command_line(value: &Node) -> Option<Vec<Mapped<'static>>> {
    let items = &value.as_array()?.items;
    let words: Vec<Mapped<'static>> = items.iter().filter_map(Mapped::string).collect();
    let is_program = words.first().is_some_and(|first| terraform::is_program(&first.text));
    (is_program && words.len() == items.len()).then(|| {
        let word =
            |word: &Mapped<'static>| State::default().resolved(word, &whole(&word.text, 0..word.text.len()));
        words.iter().map(word).collect()
    })
}
