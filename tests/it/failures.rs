//! What cannot run says so in one clear line, and ends with status 2.

use std::fs;
use std::path::Path;

use crate::cli::{CLEAN, directory, ecslint, run, text};

/// A directory in which nothing is wrong, with what is wrong in `files` beside it.
fn around(files: &[(&str, &str)]) -> tempfile::TempDir {
    let directory = directory(files);
    fs::write(directory.path().join("task.json"), CLEAN).unwrap();
    fs::create_dir(directory.path().join("empty")).unwrap();
    directory
}

/// The one line that a run says which prints nothing else and fails.
fn said(directory: &Path, arguments: &[&str]) -> String {
    let (code, out, err) = run(directory, arguments);
    assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {err}");
    let line = err.strip_prefix("ecslint: ").and_then(|rest| rest.strip_suffix('\n')).unwrap_or_default();
    assert!(!line.is_empty() && !line.contains('\n'), "{arguments:?}: {err}");
    line.to_owned()
}

#[test]
fn what_is_named_and_cannot_be_read() {
    let directory = around(&[]);
    for (arguments, line) in [
        (vec!["check", "nowhere"], "nowhere: no such file"),
        (vec!["check", "--config", "nowhere"], "nowhere: no such file"),
        (vec!["check", "--config", "empty"], "empty: not a regular file"),
        (vec!["check", "--baseline", "nowhere"], "nowhere: no such file"),
        (vec!["check", "--baseline", "empty"], "empty: not a regular file"),
        (vec!["check", "--var-file", "nowhere"], "--var-file nowhere: no such file"),
        (vec!["check", "--var-file", "empty"], "--var-file empty: not a regular file"),
    ] {
        assert_eq!(said(directory.path(), &arguments), line);
    }
}

#[test]
fn what_is_named_and_does_not_exist() {
    let directory = around(&[]);
    for (arguments, line) in [
        (
            vec!["check", "--select", "unknown-volum"],
            "there is no rule or category `unknown-volum`; did you mean `unknown-volume`?",
        ),
        (
            vec!["check", "--ignore", "syntax,secuirty"],
            "there is no rule or category `secuirty`; did you mean `security`?",
        ),
        (
            vec!["check", "--select", "nothing"],
            "there is no rule or category `nothing`; `ecslint rules` lists them all",
        ),
        (vec!["explain", "security"], "there is no rule `security`; `ecslint rules` lists them all"),
        (vec!["man", "nothing"], "there is no command `nothing`; `ecslint --help` lists them all"),
    ] {
        assert_eq!(said(directory.path(), &arguments), line);
    }
}

#[test]
fn what_is_no_baseline() {
    let texts = [("a", "nothing"), ("b", "{}"), ("c", r#"{ "version": 9, "findings": [] }"#), ("d", CLEAN)];
    let directory = around(&texts);
    for (name, _) in texts {
        let line = said(directory.path(), &["check", "--baseline", name]);
        let about = line.strip_prefix(name).unwrap_or_default();
        assert!(
            about.starts_with(": not a baseline: ") || about.starts_with(": a baseline of version 9"),
            "{line}"
        );
    }
}

#[test]
fn what_cannot_be_written() {
    let directory = around(&[("ecslint.toml", "")]);
    for file in ["empty", "nowhere/report"] {
        for option in ["--format=sarif", "--write-baseline"] {
            let line = said(directory.path(), &["check", &format!("{option}={file}")]);
            assert!(line.starts_with(&format!("{file}: cannot be written: ")), "{line}");
        }
    }
    assert_eq!(said(directory.path(), &["init"]), "ecslint.toml: is there already, and stays as it is");
}

#[cfg(unix)]
#[test]
fn what_its_owner_alone_may_read() {
    use std::os::unix::fs::PermissionsExt;
    let directory = around(&[("closed.json", CLEAN)]);
    let closed = directory.path().join("closed.json");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o0)).unwrap();
    // Whoever may do anything may read it all the same.
    if fs::read(&closed).is_err() {
        assert_eq!(said(directory.path(), &["check", "closed.json"]), "closed.json: permission denied");
    }
}

/// Settings that cannot be used are a finding, at the byte; the run fails as one that could not run.
#[test]
fn settings_that_cannot_be_used() {
    for (files, line) in [
        (
            vec![("ecslint.toml", "exclude = [")],
            "ecslint.toml:1:12: error[invalid-setting] unclosed array, expected `]`",
        ),
        (
            vec![("ecslint.toml", "exclude = [\"{a\"]")],
            "ecslint.toml:1:12: error[invalid-setting] this is no pattern of paths: unclosed alternate group",
        ),
        (
            vec![("ecslint.toml", "extends = \"nowhere.toml\"")],
            "ecslint.toml:1:11: error[invalid-setting] `nowhere.toml` cannot be extended: no such file",
        ),
        (
            vec![("ecslint.toml", "extends = \"other.toml\""), ("other.toml", "extends = \"ecslint.toml\"")],
            "ecslint.toml:1:11: error[invalid-setting] this chain of settings is too long, or comes back to itself",
        ),
        (
            vec![("ecslint.toml", "[rules]\nunknown-volum = \"off\"")],
            "ecslint.toml:2:1: warning[invalid-setting] there is no rule or category `unknown-volum`",
        ),
    ] {
        let directory = around(&files);
        let (code, out, err) = run(directory.path(), &["check", "-q", "--format", "concise"]);
        assert_eq!((out.lines().count(), err.as_str()), (1, ""), "{out}");
        assert!(out.starts_with(line), "{out}");
        assert_eq!(code, if line.contains("error") { 2 } else { 0 }, "{out}");
    }
}

/// The parser of options says more than a line: what there is to choose from.
#[test]
fn options_that_there_are_not() {
    let directory = around(&[]);
    for (arguments, advice) in [
        (vec!["check", "--format", "jsn"], "a similar value exists: 'json'"),
        (vec!["check", "--fial-on", "error"], "a similar argument exists: '--fail-on'"),
        (vec!["chekc"], "a similar subcommand exists: 'check'"),
        (vec!["completions", "tcsh"], "possible values: bash, elvish, fish, nushell, powershell, zsh"),
    ] {
        let (code, out, err) = text(&ecslint(directory.path(), &arguments).output().unwrap());
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains(advice), "{err}");
    }
}
