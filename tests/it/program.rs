//! Runs the program as a process.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use snapbox::IntoData;

use crate::snapshot;

pub(crate) const BROKEN: &str = "{\n  \"family\": \"web\",\n  \"containerDefinitions\": [\n    { \"name\": \"web\", \"memory\": 128 },\n  ]\n}\n";

pub(crate) const CLEAN: &str =
    r#"{ "family": "web", "containerDefinitions": [{ "name": "web", "image": "nginx", "memory": 128 }] }"#;

/// A command in a directory, without the environment of the test run.
pub(crate) fn ecslint(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecslint"));
    command.env_clear().current_dir(directory).args(arguments);
    command
}

pub(crate) fn run(directory: &Path, arguments: &[&str]) -> (i32, String, String) {
    text(&ecslint(directory, arguments).output().unwrap())
}

pub(crate) fn text(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// A run as it looks in a terminal: the command and its output, with `[DIRECTORY]` for the directory.
pub(crate) fn session(directory: &Path, arguments: &[&str]) -> String {
    let printed = printed(&ecslint(directory, arguments).output().unwrap());
    let path = directory.canonicalize().unwrap();
    format!("$ ecslint {}\n{}", arguments.join(" "), printed.replace(path.to_str().unwrap(), "[DIRECTORY]"))
}

/// Standard output, then standard error after `2> `, then the status if it is not 0.
pub(crate) fn printed(output: &Output) -> String {
    let (code, out, err) = text(output);
    let err: String = err.lines().map(|line| format!("{}\n", format!("2> {line}").trim_end())).collect();
    let status = if code == 0 { String::new() } else { format!("status {code}\n") };
    out + &err + &status
}

/// Compares an output with the expected one.
///
/// # Panics
/// With a diff, if they differ and `UPDATE` is not set.
#[track_caller]
pub(crate) fn assert_output(found: impl Into<String>, expected: impl IntoData) {
    if let Err(diff) = snapshot::compare(found, expected) {
        panic!("{diff}\nrun with UPDATE=1 to write the actual output\n");
    }
}

pub(crate) fn directory(files: &[(&str, &str)]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = directory.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    directory
}
