//! Standard output that is a terminal or a pipe.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use snapbox::str;

use crate::program::{BROKEN, assert_output, directory, ecslint, session, text};

#[test]
fn colours_come_only_when_they_are_wanted() {
    let directory = directory(&[("task.json", BROKEN)]);
    let coloured = |name: &str, value: &str, arguments: &[&str]| {
        let mut command = ecslint(directory.path(), arguments);
        text(&command.env(name, value).output().unwrap()).1.contains('\u{1b}')
    };
    assert!(!coloured("TERM", "xterm", &["check"]));
    assert!(coloured("FORCE_COLOR", "1", &["check"]));
    assert!(coloured("NO_COLOR", "1", &["check", "--color", "always"]));
    assert!(!coloured("FORCE_COLOR", "1", &["check", "--color", "never"]));
    let mut command = ecslint(directory.path(), &["check"]);
    let (_, out, _) = text(&command.env("NO_COLOR", "0").env("FORCE_COLOR", "1").output().unwrap());
    assert!(!out.contains('\u{1b}'));
}

#[test]
fn links_come_only_where_a_terminal_knows_them() {
    let directory = directory(&[("task.json", BROKEN)]);
    let linked = |value: &str| {
        let mut command = ecslint(directory.path(), &["check", "--color", "always"]);
        text(&command.env("FORCE_HYPERLINK", value).output().unwrap()).1.contains("\u{1b}]8;;")
    };
    assert!(!linked("0"));
    assert!(linked("1"));
}

#[test]
fn what_a_user_wrote_cannot_command_the_terminal() {
    let task = r#"{ "family": "web", "containerDefinitions": [{ "name": "web", "image": "nginx", "memory": 128,
        "mountPoints": [{ "sourceVolume": "a\u001b[31m\nb", "containerPath": "/x" }] }] }"#;
    let directory = directory(&[("a\n\u{1b}.json", task)]);
    let select = ["--select", "unknown-volume"];
    let said = ["human", "concise"]
        .map(|format| session(directory.path(), &[&["check", "--format", format], &select[..]].concat()));
    assert!(!said.concat().contains('\u{1b}'));
    assert_output(
        said.concat(),
        str![[r#"
$ ecslint check --format human --select unknown-volume
error[unknown-volume]: container `web` mounts volume `a\u{1b}[31m\nb`, but the task definition has
  no volume with that name
 --> a\n\u{1b}.json:2:43
  |
1 | { "family": "web", "containerDefinitions": [{ "name": "web", "image": "nginx", "memory": 128,
  |             ----- this task definition
2 |         "mountPoints": [{ "sourceVolume": "a\u001b[31m\nb", "containerPath": "/x" }] }] }
  |                                           ^^^^^^^^^^^^^^^^ in task definition `web`
  |
  = help: declare the volume in the task definition's `volumes`
  = docs: https://github.com/ecslint/ecslint/blob/main/rules/unknown-volume.md

2> Checked 1 file: 1 error, 0 warnings.
status 1
$ ecslint check --format concise --select unknown-volume
a\n\u{1b}.json:2:43: error[unknown-volume] container `web` mounts volume `a\u{1b}[31m\nb`, but the task definition has no volume with that name
2> Checked 1 file: 1 error, 0 warnings.
status 1

"#]],
    );
}

#[test]
fn patches_and_pictures_have_colors_on_request() {
    let task = r#"{ "family": "web", "networkMode": "awsvpc", "containerDefinitions": [{ "name": "web", "image": "nginx",
    "memory": 128, "portMappings": [{ "containerPort": 80, "hostPort": 81 }] }] }"#;
    let directory = directory(&[("task.json", task)]);
    for arguments in [&["check", "--diff"][..], &["graph"]] {
        let printed = |color: &str| {
            text(&ecslint(directory.path(), arguments).env("FORCE_COLOR", color).output().unwrap()).1
        };
        assert!(printed("1").contains("\u{1b}[3"), "{arguments:?}");
        assert!(!printed("0").contains('\u{1b}'), "{arguments:?}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let directory = directory(&[]);
    assert_eq!(unread(directory.path(), &["explain", "syntax"]), (0, String::new()));
    assert_eq!(unread(directory.path(), &["--help"]), (0, String::new()));
    fs::write(directory.path().join("task.json"), BROKEN).unwrap();
    assert_eq!(unread(directory.path(), &["check", "-q"]), (1, String::new()));
}

/// The status and standard error of a run whose standard output is closed.
fn unread(directory: &Path, arguments: &[&str]) -> (i32, String) {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = ecslint(directory, arguments).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
    let (code, _, err) = text(&output.wait_with_output().unwrap());
    (code, err)
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_a_failure() {
    let directory = directory(&[("task.json", BROKEN)]);
    let full = fs::File::create("/dev/full").unwrap();
    let output = ecslint(directory.path(), &["check", "-q"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}
