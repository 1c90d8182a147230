//! Runs the program as a process.

use std::fs;
use std::io::Write;
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
    // No program starts without the first on Windows, and git is not found without the second.
    if cfg!(windows) {
        for name in ["SystemRoot", "PATH"] {
            command.envs(std::env::var_os(name).map(|value| (name, value)));
        }
    }
    command
}

/// The user and the group that own nothing.
#[cfg(unix)]
pub(crate) const NOBODY: u32 = 65534;

/// Whether the tests run as a user who may read and write everything.
#[cfg(unix)]
pub(crate) fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    tempfile::tempdir().unwrap().path().metadata().unwrap().uid() == 0
}

/// A command of a user without privileges who owns the directory and everything in it: the user who runs the tests or, if
/// that is root, [`NOBODY`]. `None`, which is reported, if that user cannot run the program.
#[cfg(unix)]
pub(crate) fn unprivileged(directory: &Path, arguments: &[&str]) -> Option<Command> {
    use std::os::unix::process::CommandExt;
    let mut command = ecslint(directory, arguments);
    if is_root() {
        give_to_nobody(directory);
        command.uid(NOBODY).gid(NOBODY);
        let mut version = ecslint(directory, &["--version"]);
        if version.uid(NOBODY).gid(NOBODY).output().is_err() {
            skipped(&arguments.join(" "), "`nobody` cannot run the program");
            return None;
        }
    }
    Some(command)
}

#[cfg(unix)]
fn give_to_nobody(path: &Path) {
    std::os::unix::fs::lchown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    if path.symlink_metadata().unwrap().is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| give_to_nobody(&entry.unwrap().path()));
    }
}

/// Reports that a part of the tests did not run. The output of a test that passes is not shown, so this is not printed with
/// `eprintln!`, which is part of it.
pub(crate) fn skipped(what: &str, why: &str) {
    std::io::stderr().write_all(format!("skipped: {what}: {why}\n").as_bytes()).unwrap();
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
    shown(directory, arguments, &ecslint(directory, arguments).output().unwrap())
}

/// The output of a command as it looks in a terminal.
pub(crate) fn shown(directory: &Path, arguments: &[&str], output: &Output) -> String {
    let printed = printed(output);
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
