//! Failures print one clear line and exit with status 2.

use std::fs;
use std::path::Path;

use snapbox::str;

use crate::program::{CLEAN, assert_output, directory, run, session};

/// A directory without errors, plus `files`.
fn around(files: &[(&str, &str)]) -> tempfile::TempDir {
    let directory = directory(files);
    fs::write(directory.path().join("task.json"), CLEAN).unwrap();
    fs::create_dir(directory.path().join("empty")).unwrap();
    directory
}

/// The only line of a run that prints nothing else and fails.
fn said(directory: &Path, arguments: &[&str]) -> String {
    let (code, out, err) = run(directory, arguments);
    assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {err}");
    let line = err.strip_suffix('\n').unwrap();
    assert!(!line.is_empty() && !line.contains('\n'), "{arguments:?}: {err}");
    line.to_owned()
}

/// The line of each of these runs.
fn all_said(directory: &Path, all: &[&[&str]]) -> String {
    let one = |arguments: &&[&str]| format!("{}\n  {}\n", arguments.join(" "), said(directory, arguments));
    all.iter().map(one).collect()
}

#[test]
fn what_is_named_and_cannot_be_read() {
    let all: &[&[&str]] = &[
        &["check", "nowhere"],
        &["check", "--config", "nowhere"],
        &["check", "--config", "empty"],
        &["check", "--baseline", "nowhere"],
        &["check", "--baseline", "empty"],
        &["check", "--var-file", "nowhere"],
        &["check", "--var-file", "empty"],
    ];
    assert_output(
        all_said(around(&[]).path(), all),
        str![[r#"
check nowhere
  ecslint: nowhere: no such file
check --config nowhere
  ecslint: nowhere: no such file
check --config empty
  ecslint: empty: not a regular file
check --baseline nowhere
  ecslint: nowhere: no such file
check --baseline empty
  ecslint: empty: not a regular file
check --var-file nowhere
  ecslint: --var-file nowhere: no such file
check --var-file empty
  ecslint: --var-file empty: not a regular file

"#]],
    );
}

#[test]
fn what_is_named_and_does_not_exist() {
    let all: &[&[&str]] = &[
        &["check", "--select", "unknown-volum"],
        &["check", "--ignore", "syntax,secuirty"],
        &["check", "--select", "nothing"],
        &["explain", "security"],
        &["man", "nothing"],
    ];
    assert_output(
        all_said(around(&[]).path(), all),
        str![[r#"
check --select unknown-volum
  ecslint: unknown rule or category `unknown-volum`; did you mean `unknown-volume`?
check --ignore syntax,secuirty
  ecslint: unknown rule or category `secuirty`; did you mean `security`?
check --select nothing
  ecslint: unknown rule or category `nothing`; run `ecslint rules` for a list
explain security
  ecslint: unknown rule `security`; did you mean `invalid-security-group-rule`?
man nothing
  ecslint: unknown command `nothing`; run `ecslint help` for a list

"#]],
    );
}

#[test]
fn what_is_no_baseline() {
    let texts = [("a", "nothing"), ("b", "{}"), ("c", r#"{ "version": 9, "findings": [] }"#), ("d", CLEAN)];
    let said = texts.map(|(name, _)| said(around(&texts).path(), &["check", "--baseline", name]) + "\n");
    assert_output(
        said.concat(),
        str![[r#"
ecslint: a: not a valid baseline: expected ident at line 1 column 2
ecslint: b: not a valid baseline: missing field `version` at line 1 column 2
ecslint: c: unsupported baseline version 9: expected 1
ecslint: d: not a valid baseline: unknown field `family`, expected `version` or `findings` at line 1 column 10

"#]],
    );
}

#[test]
fn what_cannot_be_written() {
    let directory = around(&[("ecslint.toml", "")]);
    let mut all = String::new();
    for file in ["empty", "ecslint.toml/report"] {
        for option in ["--format=sarif", "--write-baseline"] {
            let line = said(directory.path(), &["check", &format!("{option}={file}")]);
            // The rest is the operating system's message.
            all += &format!("{}\n", line.rsplit_once(": ").unwrap().0);
        }
    }
    assert_output(
        all,
        str![[r#"
ecslint: empty: cannot write the file
ecslint: empty: cannot write the file
ecslint: ecslint.toml/report: cannot write the file
ecslint: ecslint.toml/report: cannot write the file

"#]],
    );
    assert_output(
        said(directory.path(), &["init"]),
        str!["ecslint: ecslint.toml: already exists, not overwritten"],
    );
}

#[cfg(unix)]
#[test]
fn what_its_owner_alone_may_read() {
    use std::os::unix::fs::PermissionsExt;

    use crate::program::{text, unprivileged};

    let directory = around(&[("closed.json", CLEAN)]);
    let closed = directory.path().join("closed.json");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o0)).unwrap();
    let Some(mut command) = unprivileged(directory.path(), &["check", "closed.json"]) else { return };
    let (code, _, err) = text(&command.output().unwrap());
    assert_eq!(code, 2);
    assert_output(err.trim_end(), str!["ecslint: closed.json: permission denied"]);
}

/// Invalid settings are a finding at the byte, and the run exits with status 2.
#[test]
fn settings_that_cannot_be_used() {
    let all: &[&[(&str, &str)]] = &[
        &[("ecslint.toml", "exclude = [")],
        &[("ecslint.toml", "exclude = [\"{a\"]")],
        &[("ecslint.toml", "extends = \"nowhere.toml\"")],
        &[("ecslint.toml", "extends = \"other.toml\""), ("other.toml", "extends = \"ecslint.toml\"")],
        &[("ecslint.toml", "[rules]\nunknown-volum = \"off\"")],
    ];
    let said: String = all
        .iter()
        .map(|files| session(around(files).path(), &["check", "-q", "--format", "concise"]))
        .collect();
    assert_output(
        said,
        str![[r#"
$ ecslint check -q --format concise
ecslint.toml:1:12: error[invalid-setting] unclosed array, expected `]`
2> ecslint: not everything was checked: settings are invalid (`invalid-setting`)
status 2
$ ecslint check -q --format concise
ecslint.toml:1:12: error[invalid-setting] invalid path pattern: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)
2> ecslint: not everything was checked: settings are invalid (`invalid-setting`)
status 2
$ ecslint check -q --format concise
ecslint.toml:1:11: error[invalid-setting] cannot extend `nowhere.toml`: no such file
2> ecslint: not everything was checked: settings are invalid (`invalid-setting`)
status 2
$ ecslint check -q --format concise
other.toml:1:11: error[invalid-setting] this chain of `extends` is circular
2> ecslint: not everything was checked: settings are invalid (`invalid-setting`)
status 2
$ ecslint check -q --format concise
ecslint.toml:2:1: warning[invalid-setting] unknown rule or category `unknown-volum`

"#]],
    );
}

/// The option parser prints more than one line: it lists the possible values.
#[test]
fn options_that_there_are_not() {
    let directory = around(&[]);
    let all: &[&[&str]] = &[
        &["check", "--format", "jsn"],
        &["check", "--fial-on", "error"],
        &["chekc"],
        &["completions", "tcsh"],
    ];
    let said: String = all.iter().map(|arguments| session(directory.path(), arguments)).collect();
    assert_output(
        said,
        str![[r#"
$ ecslint check --format jsn
2> error: invalid value 'jsn' for '--format <FORMAT[=FILE]>'
2>   [possible values: human, concise, grouped, markdown, html, json, jsonl, sarif, github, gitlab, azure, teamcity, junit, checkstyle, rdjson, sonarqube]
2>
2>   tip: a similar value exists: 'json'
2>
2> For more information, try '--help'.
status 2
$ ecslint check --fial-on error
2> error: unexpected argument '--fial-on' found
2>
2>   tip: a similar argument exists: '--fail-on'
2>
2> Usage: ecslint check --fail-on <LEVEL> [PATHS]...
2>
2> For more information, try '--help'.
status 2
$ ecslint chekc
2> ecslint: unknown command or path `chekc`; did you mean `check`?
status 2
$ ecslint completions tcsh
2> error: invalid value 'tcsh' for '<SHELL>'
2>   [possible values: bash, elvish, fish, nushell, powershell, zsh]
2>
2>   tip: a similar value exists: 'zsh'
2>
2> For more information, try '--help'.
status 2

"#]],
    );
}

/// A run that reached a limit is incomplete, and says so whatever the format of the report.
#[test]
fn a_limit_that_was_reached() {
    let text = format!("{}\n# {}", "Resources: { Web: { Type: AWS::ECS::Cluster } }", "x".repeat(1 << 20));
    let directory = around(&[("stack.yaml", text.as_str())]);
    let (code, _, err) = run(directory.path(), &["check", "--format", "json", "stack.yaml"]);
    assert_eq!(code, 2);
    assert_output(
        err.trim_end(),
        str!["ecslint: not everything was checked: a limit was reached (`limit-reached`)"],
    );
}

/// The documentation of CloudFormation's types is not a template.
#[test]
fn a_large_file_that_is_not_a_template() {
    let text = format!("{{ \"AWS::ECS::Cluster\": \"Resources {}\" }}", "x".repeat(1 << 20));
    let directory = around(&[("spec.json", text.as_str())]);
    let (code, ..) = run(directory.path(), &["check", "."]);
    assert_eq!(code, 0);
}
