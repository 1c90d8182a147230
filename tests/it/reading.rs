//! Unusual files: each causes at most one finding or line, nothing blocks, and other files are still checked.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use ecslint::source::{Sources, Unreadable};
use snapbox::str;

use crate::program::{BROKEN, CLEAN, assert_output, directory, run, session, shown, unprivileged};

pub(crate) const TASK: &str = "resource \"aws_ecs_task_definition\" \"a\" {\n  family                = \"a\"\n  container_definitions = EXPRESSION\n}\n";

/// A repository with a file that has a finding, in a directory with a file outside the repository.
pub(crate) fn around(files: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
    let outer =
        directory(&[("outside.json", "[{ \"name\": \"tr0mb0ne\" }]"), ("out/main.tf", "locals {}\n")]);
    let root = outer.path().join("root");
    fs::create_dir_all(root.join(".git")).unwrap();
    for (name, text) in [("beside.json", BROKEN)].iter().chain(files) {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    (outer, root)
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// A run without the finding in `beside.json`, which is always reported. Nothing outside the repository is quoted.
#[track_caller]
pub(crate) fn said(root: &Path, arguments: &[&str]) -> String {
    let said = session(root, &[&["check", "--format", "concise", "--quiet"], arguments].concat());
    let is_beside = |line: &&str| line.contains("beside.json:") && line.contains("error[syntax]");
    assert!(said.lines().any(|line| is_beside(&line)), "{said}");
    assert!(!said.contains("tr0mb0ne"), "{said}");
    said.lines().filter(|line| !is_beside(line)).map(|line| format!("{line}\n")).collect()
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let (_outer, root) = around(&[("task.json", CLEAN)]);
    pipe(&root.join("pipe.json"));
    let _listener = UnixListener::bind(root.join("socket.json")).unwrap();
    symlink("/dev/zero", root.join("zero.json")).unwrap();
    symlink("/dev/full", root.join("full.tf")).unwrap();
    let named = ["pipe.json", "socket.json", "/dev/zero", "/dev/full", "/dev/null"].map(|name| {
        let options = ["--config", "--baseline", "--var-file"];
        let opened = options.map(|option| session(&root, &["check", option, name]));
        said(&root, &["beside.json", name]) + &opened.concat()
    });
    assert_output(
        named.concat(),
        str![[r#"
$ ecslint check --format concise --quiet beside.json pipe.json
2> ecslint: pipe.json: not a regular file
status 2
$ ecslint check --config pipe.json
2> ecslint: pipe.json: not a regular file
status 2
$ ecslint check --baseline pipe.json
2> ecslint: pipe.json: not a regular file
status 2
$ ecslint check --var-file pipe.json
2> ecslint: --var-file pipe.json: not a regular file
status 2
$ ecslint check --format concise --quiet beside.json socket.json
2> ecslint: socket.json: not a regular file
status 2
$ ecslint check --config socket.json
2> ecslint: socket.json: not a regular file
status 2
$ ecslint check --baseline socket.json
2> ecslint: socket.json: not a regular file
status 2
$ ecslint check --var-file socket.json
2> ecslint: --var-file socket.json: not a regular file
status 2
$ ecslint check --format concise --quiet beside.json /dev/zero
2> ecslint: /dev/zero: not a regular file
status 2
$ ecslint check --config /dev/zero
2> ecslint: /dev/zero: not a regular file
status 2
$ ecslint check --baseline /dev/zero
2> ecslint: /dev/zero: not a regular file
status 2
$ ecslint check --var-file /dev/zero
2> ecslint: --var-file /dev/zero: not a regular file
status 2
$ ecslint check --format concise --quiet beside.json /dev/full
2> ecslint: /dev/full: not a regular file
status 2
$ ecslint check --config /dev/full
2> ecslint: /dev/full: not a regular file
status 2
$ ecslint check --baseline /dev/full
2> ecslint: /dev/full: not a regular file
status 2
$ ecslint check --var-file /dev/full
2> ecslint: --var-file /dev/full: not a regular file
status 2
$ ecslint check --format concise --quiet beside.json /dev/null
2> ecslint: /dev/null: not a regular file
status 2
$ ecslint check --config /dev/null
2> ecslint: /dev/null: not a regular file
status 2
$ ecslint check --baseline /dev/null
2> ecslint: /dev/null: not a regular file
status 2
$ ecslint check --var-file /dev/null
2> ecslint: --var-file /dev/null: not a regular file
status 2

"#]],
    );
    let linked = ["zero.json", "full.tf"].map(|name| said(&root, &["beside.json", name]));
    assert_output(
        linked.concat(),
        str![[r#"
$ ecslint check --format concise --quiet beside.json zero.json
2> ecslint: zero.json: outside the directories being checked
status 2
$ ecslint check --format concise --quiet beside.json full.tf
2> ecslint: full.tf: outside the directories being checked
status 2

"#]],
    );
}

#[test]
fn what_is_no_file_and_is_met_is_said_once() {
    let names =
        ["tf/main.tf", "tf/terraform.tfvars", "tf/x.auto.tfvars.json", "tf/ecslint.toml", "pipe.json"];
    let met = names.map(|name| {
        let (_outer, root) =
            around(&[("tf/task.json", CLEAN), ("tf/other.tf", &TASK.replace("EXPRESSION", "\"[]\""))]);
        pipe(&root.join(name));
        said(&root, &["--select", "syntax"])
    });
    assert_output(
        met.concat(),
        str![[r#"
$ ecslint check --format concise --quiet --select syntax
2> ecslint: [DIRECTORY]/tf/main.tf: not a regular file
status 2
$ ecslint check --format concise --quiet --select syntax
2> ecslint: tf/terraform.tfvars: not a regular file
status 2
$ ecslint check --format concise --quiet --select syntax
2> ecslint: [DIRECTORY]/tf/x.auto.tfvars.json: not a regular file
status 2
$ ecslint check --format concise --quiet --select syntax
2> ecslint: tf/ecslint.toml: not a regular file
status 2
$ ecslint check --format concise --quiet --select syntax
2> ecslint: [DIRECTORY]/pipe.json: not a regular file
status 2

"#]],
    );
}

#[test]
fn patterns_are_read_only_from_files_of_the_repository() {
    let (outer, root) = around(&[("a/task.json", BROKEN), ("b/task.json", BROKEN), ("c/task.json", BROKEN)]);
    fs::write(outer.path().join("patterns"), "*.json\n").unwrap();
    fs::write(root.join("own"), "a/\n").unwrap();
    symlink("/dev/zero", root.join("a/.gitignore")).unwrap();
    symlink("../../patterns", root.join("b/.gitignore")).unwrap();
    pipe(&root.join("c/.ignore"));
    assert_output(
        said(&root, &[]).replace(root.to_str().unwrap(), "[ROOT]"),
        str![[r#"
$ ecslint check --format concise --quiet
2> ecslint: [DIRECTORY]/a/.gitignore: not a regular file of the repository; its directory is not checked
2> ecslint: [DIRECTORY]/b/.gitignore: not a regular file of the repository; its directory is not checked
2> ecslint: [DIRECTORY]/c/.ignore: not a regular file of the repository; its directory is not checked
status 2

"#]],
    );
    symlink("own", root.join(".gitignore")).unwrap();
    fs::remove_file(root.join("b/.gitignore")).unwrap();
    fs::create_dir(root.join("b/.gitignore")).unwrap();
    fs::remove_file(root.join("c/.ignore")).unwrap();
    symlink("/nowhere", root.join("c/.ignore")).unwrap();
    assert_output(
        said(&root, &[]).replace(root.to_str().unwrap(), "[ROOT]"),
        str![[r#"
$ ecslint check --format concise --quiet
b/task.json:4:37: error[syntax] trailing commas are not allowed in JSON
c/task.json:4:37: error[syntax] trailing commas are not allowed in JSON
status 1

"#]],
    );
}

#[test]
fn a_directory_may_be_called_as_it_likes() {
    let (_outer, root) =
        around(&[("x.tf/task.json", CLEAN), ("task.json/task.json", CLEAN), ("y.tfvars/a", "")]);
    let named = ["beside.json", "x.tf", "task.json"];
    assert_output(
        said(&root, &[]) + &said(&root, &named),
        str![[r#"
$ ecslint check --format concise --quiet
status 1
$ ecslint check --format concise --quiet beside.json x.tf task.json
status 1

"#]],
    );
}

#[test]
fn links_are_not_walked_and_may_lead_in_a_circle() {
    let (outer, root) = around(&[("tf/main.tf", &TASK.replace("EXPRESSION", "file(\"loop.json\")"))]);
    symlink("loop.json", root.join("tf/loop.json")).unwrap();
    symlink(".", root.join("here")).unwrap();
    symlink("..", root.join("tf/up")).unwrap();
    symlink(outer.path(), root.join("out")).unwrap();
    symlink("nowhere", root.join("gone.json")).unwrap();
    fs::write(outer.path().join("broken.json"), BROKEN).unwrap();
    assert_output(
        said(&root, &[]) + &said(&root, &["beside.json", "gone.json"]),
        str![[r#"
$ ecslint check --format concise --quiet
tf/main.tf:3:27: warning[terraform-error] `loop.json` was not read: I/O error
status 1
$ ecslint check --format concise --quiet beside.json gone.json
2> ecslint: gone.json: no such file
status 2

"#]],
    );
}

#[test]
fn what_nobody_may_read_is_said() {
    let (outer, root) =
        around(&[("closed.json", CLEAN), ("closed/main.tf", "locals {}\n"), ("tf/main.tf", "locals {}\n")]);
    for name in ["closed.json", "closed", "tf/main.tf"] {
        fs::set_permissions(root.join(name), fs::Permissions::from_mode(0o0)).unwrap();
    }
    fs::set_permissions(outer.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let arguments = ["check", "--format", "concise", "--quiet", "--select", "syntax"];
    if let Some(mut command) = unprivileged(&root, &arguments) {
        assert_output(
            shown(&root, &arguments, &command.output().unwrap()),
            str![[r#"
$ ecslint check --format concise --quiet --select syntax
beside.json:4:37: error[syntax] trailing commas are not allowed in JSON
2> ecslint: [DIRECTORY]/closed: permission denied
2> ecslint: closed.json: permission denied
2> ecslint: tf/main.tf: permission denied
status 2

"#]],
        );
    }
    fs::set_permissions(root.join("closed"), fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn a_file_that_changes_or_goes_is_as_it_was_when_it_was_read() {
    let (_outer, root) = around(&[("task.json", CLEAN)]);
    let mut sources = Sources::new(&root);
    sources.allow(&root);
    let (task, later) = (root.join("task.json"), root.join("later.json"));
    let file = sources.load(&task).unwrap();
    assert_eq!(sources.load(&later), Err(Unreadable::Missing));
    fs::write(&later, CLEAN).unwrap();
    fs::remove_file(&task).unwrap();
    assert_eq!(sources.load(&task), Ok(file));
    assert_eq!((&*sources.get(file).text, sources.load(&later)), (CLEAN, Err(Unreadable::Missing)));
}

#[test]
fn names_that_differ_in_case_are_two_files() {
    let (_outer, root) = around(&[("Task.json", BROKEN), ("task.json", CLEAN)]);
    let (_, out, _) = run(&root, &["check", "--format", "concise"]);
    assert_eq!(out.lines().filter(|line| line.starts_with("Task.json:")).count(), 1, "{out}");
}

#[test]
fn a_directory_may_hold_ten_thousand_files() {
    let (_outer, root) = around(&[]);
    for number in 0..10_000 {
        fs::write(root.join(format!("{number}.json")), "{}").unwrap();
    }
    let before = said(&root, &[]);
    fs::write(root.join("main.tf"), EVERYTHING).unwrap();
    assert_output(
        before + &said(&root, &["--select", "syntax,terraform-error,invalid-name"]),
        str![[r#"
$ ecslint check --format concise --quiet
status 1
$ ecslint check --format concise --quiet --select syntax,terraform-error,invalid-name
main.tf:3:27: error[invalid-name] invalid `family` `a b`
main.tf:4:51: warning[limit-reached] this directory contains more than 10000 files or 32 levels of directories, so it is not listed
2> ecslint: not everything was checked: a limit was reached (`limit-reached`)
status 1

"#]],
    );
}

const EVERYTHING: &str = r#"
resource "aws_ecs_task_definition" "web" {
  family                = "a b"
  container_definitions = jsonencode([for name in fileset(path.module, "**") : { name = name, image = "nginx" }])
}
"#;
