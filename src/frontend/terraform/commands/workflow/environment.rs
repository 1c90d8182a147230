//! The variables and the working directory that a job or a step sets.

use smol_str::SmolStr;

use crate::frontend::terraform::commands::lexer::whole;
use crate::frontend::terraform::commands::state::State;
use crate::value::{Entry, Mapped, Node, NodeKind};

/// Members that are the environment of their object.
pub(super) const ENVIRONMENTS: &[&str] = &["env", "env_vars", "environment", "variables"];

/// Members that are the working directory of their object, without separators.
const DIRECTORIES: &[&str] = &["dir", "workingdir", "workingdirectory"];

/// The variables that an object sets for what is in it.
pub(super) fn environment(node: &Node) -> Vec<Entry> {
    let mut found = Vec::new();
    for value in ENVIRONMENTS.iter().filter_map(|key| node.get(key)) {
        found.extend(entries(value));
        found.extend(value.get("variables").into_iter().flat_map(entries));
    }
    found
}

/// The variables of an object, or of a list of objects with a name and a value.
fn entries(value: &Node) -> Vec<Entry> {
    if let Some(object) = value.as_object() {
        return object.entries.clone();
    }
    let items = value.as_array().into_iter().flat_map(|list| &list.items);
    let entry = |item: &Node| match (item.get("name").and_then(Node::as_str), item.get("value")) {
        (Some(name), Some(value)) => vec![Entry::new(SmolStr::from(name), item.at, value.clone())],
        _ => item.as_object().map(|object| object.entries.clone()).unwrap_or_default(),
    };
    items.flat_map(entry).collect()
}

pub(super) fn set(state: &mut State, entry: &Entry) {
    // GitLab describes a variable with an object.
    let value = entry.value.get("value").unwrap_or(&entry.value);
    let text = match &value.kind {
        NodeKind::Number(number) => {
            let mut text = Mapped::empty();
            text.push(number, value.at);
            Some(text)
        }
        NodeKind::Bool(is) => {
            let mut text = Mapped::empty();
            text.push(if *is { "true" } else { "false" }, value.at);
            Some(text)
        }
        _ => Mapped::string(value),
    };
    let Some(text) = text else { return };
    let resolved = state.resolved(&text, &whole(&text.text, 0..text.text.len()));
    let at = if resolved.text.is_empty() { value.at } else { resolved.span(0..resolved.text.len()) };
    state.set(&entry.key, resolved.text.into_owned(), at);
}

/// The working directory that an object sets for what is in it.
pub(super) fn directory(node: &Node) -> Option<Mapped<'static>> {
    let own = |node: &Node| {
        let object = node.as_object()?;
        let is_directory =
            |entry: &&Entry| DIRECTORIES.contains(&entry.key.replace(['_', '-'], "").to_lowercase().as_str());
        Mapped::string(&object.entries.iter().find(is_directory)?.value)
    };
    own(node).or_else(|| own(node.get("defaults")?.get("run")?))
}
