//! The cyclic core of the evaluator is the list in the documentation of `src/terraform.rs`, and nothing else.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::fs;
use std::path::{Path, PathBuf};

/// The files below `src/terraform` that evaluate, and may use each other in any order.
const CORE: [&str; 22] = [
    "configuration.rs",
    "data.rs",
    "dependency.rs",
    "errors.rs",
    "eval.rs",
    "evaluate.rs",
    "expand.rs",
    "for_expr.rs",
    "functions.rs",
    "functions/filesystem.rs",
    "graph.rs",
    "installed.rs",
    "memo.rs",
    "naming.rs",
    "origin.rs",
    "output.rs",
    "reference.rs",
    "registry.rs",
    "remote.rs",
    "resource.rs",
    "template.rs",
    "values.rs",
];

fn files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// The words of the code of a file, without its comments.
fn words(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.flat_map(|line| line.split(move |letter| !is_word(letter))).map(str::to_owned).collect()
}

#[test]
fn only_the_core_knows_the_state_of_evaluation() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/terraform");
    let mut paths = Vec::new();
    files(&top, &mut paths);
    let evaluates =
        |path: &&PathBuf| words(path).iter().any(|word| ["Eval", "Configuration"].contains(&word.as_str()));
    let name = |path: &PathBuf| path.strip_prefix(&top).unwrap().to_str().unwrap().replace('\\', "/");
    let mut core: Vec<String> = paths.iter().filter(evaluates).map(name).collect();
    core.sort();
    assert_eq!(core, CORE);
}

#[test]
fn the_core_is_documented() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/terraform.rs")).unwrap();
    for name in CORE {
        let module = name.trim_end_matches(".rs");
        assert!(text.contains(&format!("`{module}`")), "src/terraform.rs does not name {module}");
    }
}
