//! Inputs of actions and tasks that call Terraform: `var_file: env/prod.tfvars`, or a list of paths below the key.

use crate::frontend::terraform::commands::word::word;
use crate::frontend::terraform::commands::{Call, Script};

/// The names of inputs that are paths of var files, in lower case and without separators.
const VAR_FILES: &[&str] =
    &["varfile", "varfiles", "tfvarfile", "tfvarfiles", "tfvarsfile", "tfvars", "variablesfile"];

/// The actions whose input `path` is the directory of the root module.
const WITH_PATH: &str = "dflook/";

/// Adds the var files that actions get as inputs, and the directories in which these actions run.
pub(super) fn read(script: &mut Script, text: &str) {
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((key, value, depth)) = member(line) else { continue };
        if key == "path" && text.contains(WITH_PATH) {
            script.directories.extend(word(value).map(|(path, _)| path));
        }
        if !VAR_FILES.contains(&key.replace(['_', '-'], "").as_str()) {
            continue;
        }
        let mut files: Vec<String> = path(value).into_iter().collect();
        if matches!(value.trim(), "" | "|" | ">" | "|-" | ">-") {
            while let Some(inner) = lines.next_if(|inner| inner.trim().is_empty() || indent(inner) > depth) {
                files.extend(path(inner.trim_start().trim_start_matches("- ")));
            }
        }
        if !files.is_empty() {
            script.calls.push(Call { var_files: files, ..Call::default() });
        }
    }
}

/// The key of a member in lower case, its value, and its indentation.
fn member(line: &str) -> Option<(String, &str, usize)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_start().trim_start_matches("- ").trim_matches(['"', '\'']);
    let is_key =
        !key.is_empty() && key.chars().all(|letter| letter.is_alphanumeric() || "_-".contains(letter));
    is_key.then(|| (key.to_lowercase(), value, indent(line)))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The path of a var file.
fn path(text: &str) -> Option<String> {
    word(text).map(|(path, _)| path).filter(|path| path.contains("tfvars") || path.contains("tofuvars"))
}
