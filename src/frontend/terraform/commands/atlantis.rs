//! The projects of Atlantis: the commands of a workflow run in the directory of each project that uses it.

use smol_str::SmolStr;

use crate::frontend::terraform::commands::ANY;
use crate::frontend::terraform::commands::shell::distinct;
use crate::frontend::terraform::commands::state::State;
use crate::value::Node;

/// The member with the workflows.
pub(super) const WORKFLOWS: &str = "workflows";

/// The states in which a workflow starts: one for each project that uses it. `None` if the document has no projects.
pub(super) fn states(root: &Node, workflow: &str) -> Option<Vec<State>> {
    let projects = root.get("projects")?.as_array()?;
    let uses = |project: &&Node| project.get("workflow").and_then(Node::as_str) == Some(workflow);
    Some(distinct(projects.items.iter().filter(uses).map(state).collect()))
}

fn state(project: &Node) -> State {
    let text = |key: &str| project.get(key).and_then(Node::as_str);
    let mut state = State::default();
    let computed = ANY.to_string();
    state.change_directory(text("dir").unwrap_or(&computed));
    if let Some(workspace) = project.get("workspace") {
        state.set("WORKSPACE", text("workspace").unwrap_or(&computed).to_owned(), workspace.at);
    }
    state.label = text("name").map(SmolStr::from);
    state
}
