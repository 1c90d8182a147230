//! Verifies that the recursive core of the evaluator is limited to the folder `src/terraform/evaluation`.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::fs;
use std::path::{Path, PathBuf};

fn files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// The words in the code of a file, without its comments.
fn words(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.flat_map(|line| line.split(move |letter| !is_word(letter))).map(str::to_owned).collect()
}

/// The name of a path below `src`, with slashes on every system.
fn name(path: &Path, top: &Path) -> String {
    path.strip_prefix(top).unwrap().to_str().unwrap().replace('\\', "/")
}

#[test]
fn only_the_core_knows_the_state_of_evaluation() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/terraform");
    let mut paths = Vec::new();
    files(&top, &mut paths);
    let evaluates =
        |path: &&PathBuf| words(path).iter().any(|word| ["Eval", "Configuration"].contains(&word.as_str()));
    for path in paths.iter().filter(evaluates) {
        assert!(name(path, &top).starts_with("evaluation"), "{} is outside of the core", path.display());
    }
}

#[test]
fn the_core_is_documented() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/terraform");
    let text = fs::read_to_string(top.join("evaluation.rs")).unwrap();
    let mut paths = Vec::new();
    files(&top.join("evaluation"), &mut paths);
    for path in paths {
        let module = name(&path, &top.join("evaluation"));
        let module = module.trim_end_matches(".rs");
        assert!(
            text.contains(&format!("`{module}`")),
            "src/terraform/evaluation.rs does not mention {module}"
        );
    }
}
