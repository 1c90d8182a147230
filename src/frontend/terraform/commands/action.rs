//! Actions and tasks that call Terraform with their inputs.

use std::path::Path;

use crate::frontend::terraform::commands::lexer::whole;
use crate::frontend::terraform::commands::shell::Reader;
use crate::frontend::terraform::commands::state::State;
use crate::frontend::terraform::commands::{Call, Passed, terraform};
use crate::source::FileId;
use crate::terraform::sets_variables;
use crate::value::{Mapped, Node};

/// Members that name the action, and those with its inputs.
const NAMES: &[&str] = &["task", "uses"];
const INPUTS: &[&str] = &["inputs", "with"];

/// Words in the names of actions that call one of the programs.
const PROGRAMS: &[&str] = &["terraform", "terragrunt", "tofu"];

/// Words in the names of actions that read files.
const READERS: &[&str] =
    &["cache", "checkov", "commit", "cost", "docs", "lint", "scan", "sec", "trivy", "upload"];

/// Words in the names of actions that read no values of variables.
const OTHERS: &[&str] = &["destroy", "fmt", "install", "output", "setup", "validate", "version"];

/// Inputs that are the directory of the root module, without separators.
const DIRECTORIES: &[&str] = &["path", "tfactionsworkingdir", "workingdirectory"];

/// Inputs that are paths of var files, without separators.
const VAR_FILES: &[&str] =
    &["tfvarfile", "tfvarfiles", "tfvars", "tfvarsfile", "variablesfile", "varfile", "varfiles"];

/// The input of Atlantis with arguments.
const ATLANTIS: &str = "extra_args";

/// The call that a step makes; `None` if it is something else.
pub(super) fn call(file: FileId, step: &Node, state: &State) -> Option<Call> {
    if let Some(arguments) = step.get(ATLANTIS) {
        let arguments: Vec<Mapped> = texts(arguments, state);
        return Some(terraform::call_of_action(file, &arguments, Vec::new(), state));
    }
    let name = NAMES.iter().find_map(|name| step.get(name)?.as_str())?.to_lowercase();
    let calls = PROGRAMS.iter().any(|program| name.contains(program));
    if !calls || OTHERS.iter().any(|other| name.contains(other)) {
        return None;
    }
    let inputs = INPUTS.iter().find_map(|inputs| step.get(inputs)?.as_object());
    let mut state = state.clone();
    let (mut var_files, mut arguments) = (Vec::new(), Vec::new());
    for input in inputs.into_iter().flat_map(|inputs| &inputs.entries) {
        let key = input.key.replace(['_', '-'], "").to_lowercase();
        let texts = texts(&input.value, &state);
        if key == "command" && texts.iter().any(|text| terraform::reads_no_values(&text.text)) {
            return None;
        }
        if DIRECTORIES.contains(&key.as_str()) {
            texts.iter().for_each(|path| state.change_directory(path.text.trim()));
        } else if VAR_FILES.contains(&key.as_str()) {
            let files = texts.iter().flat_map(|text| text.text.split_whitespace());
            var_files.extend(files.map(str::to_owned));
        } else if texts.iter().any(|text| text.text.contains("-var")) {
            arguments.extend(texts.iter().flat_map(terraform::words_of));
        }
    }
    Some(terraform::call_of_action(file, &arguments, var_files, &state))
}

/// Follows a step that writes a var file.
pub(super) fn write(reader: &mut Reader, step: &Node, state: &mut State) {
    let Some((name, at)) =
        NAMES.iter().find_map(|name| Some((step.get(name)?.as_str()?, step.get(name)?.at)))
    else {
        return;
    };
    let reads = READERS.iter().chain(PROGRAMS).any(|reader| name.to_lowercase().contains(reader));
    let inputs = INPUTS.iter().find_map(|inputs| step.get(inputs)?.as_object()).filter(|_| !reads);
    for input in inputs.into_iter().flat_map(|inputs| &inputs.entries) {
        for path in
            texts(&input.value, state).iter().filter(|text| sets_variables(Path::new(text.text.trim())))
        {
            reader.written(state, path.text.trim(), vec![Passed::Unknown(at)], false);
        }
    }
}

/// The text of a value, or those of a list.
fn texts(value: &Node, state: &State) -> Vec<Mapped<'static>> {
    let items = value.as_array().map_or(std::slice::from_ref(value), |list| &list.items);
    let texts = items.iter().filter_map(Mapped::string);
    texts.map(|text| state.resolved(&text, &whole(&text.text, 0..text.text.len()))).collect()
}
