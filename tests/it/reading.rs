//! What is odd about files: each costs a finding or a line at most, nothing waits, and what lies beside is checked as ever.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use ecslint::sources::{Sources, Unreadable};

use crate::program::{BROKEN, CLEAN, directory, run};

const TASK: &str = "resource \"aws_ecs_task_definition\" \"a\" {\n  family                = \"a\"\n  container_definitions = EXPRESSION\n}\n";

/// What is found beside everything here.
const BESIDE: &str = "a comma with nothing behind it";

/// A repository with a file in which something is wrong, in a directory with a file that is nobody's business.
fn around(files: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
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

/// What is said; the file beside is always found to be wrong, and nothing of what lies outside is quoted.
#[track_caller]
fn said(root: &Path, arguments: &[&str]) -> (i32, Vec<String>) {
    let arguments = [&["check", "--format", "concise", "--quiet"], arguments].concat();
    let (code, out, err) = run(root, &arguments);
    assert!(out.contains(BESIDE), "{out}{err}");
    assert!(!format!("{out}{err}").contains("tr0mb0ne"), "{out}{err}");
    let lines = out.lines().chain(err.lines()).filter(|line| !line.contains(BESIDE));
    (code, lines.map(str::to_owned).collect())
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let (_outer, root) = around(&[("task.json", CLEAN)]);
    pipe(&root.join("pipe.json"));
    let _listener = UnixListener::bind(root.join("socket.json")).unwrap();
    symlink("/dev/zero", root.join("zero.json")).unwrap();
    symlink("/dev/full", root.join("full.tf")).unwrap();
    for name in ["pipe.json", "socket.json", "/dev/zero", "/dev/full", "/dev/null"] {
        let line = format!("ecslint: {name}: not a regular file");
        assert_eq!(said(&root, &["beside.json", name]), (2, vec![line]));
        let (code, out, err) = run(&root, &["check", "--config", name]);
        assert_eq!((code, out.as_str(), err), (2, "", format!("ecslint: {name}: not a regular file\n")));
        let (code, _, err) = run(&root, &["check", "--baseline", name]);
        assert_eq!((code, err), (2, format!("ecslint: {name}: not a regular file\n")));
        let (code, _, err) = run(&root, &["check", "--var-file", name]);
        assert_eq!(code, 2, "{err}");
    }
    for name in ["zero.json", "full.tf"] {
        let line = format!("ecslint: {name}: outside of the directories being checked");
        assert_eq!(said(&root, &["beside.json", name]), (2, vec![line]));
    }
}

#[test]
fn what_is_no_file_and_is_met_is_said_once() {
    for name in ["tf/main.tf", "tf/terraform.tfvars", "tf/x.auto.tfvars.json", "tf/ecslint.toml", "pipe.json"]
    {
        let (_outer, root) =
            around(&[("tf/task.json", CLEAN), ("tf/other.tf", &TASK.replace("EXPRESSION", "\"[]\""))]);
        pipe(&root.join(name));
        let (code, lines) = said(&root, &[]);
        let about: Vec<&String> = lines.iter().filter(|line| line.contains("not a regular file")).collect();
        assert!(code == 2 && about.len() == 1 && about[0].contains(name), "{name}: {lines:?}");
    }
}

#[test]
fn a_directory_may_be_called_as_it_likes() {
    let (_outer, root) =
        around(&[("x.tf/task.json", CLEAN), ("task.json/task.json", CLEAN), ("y.tfvars/a", "")]);
    assert_eq!(said(&root, &[]), (1, vec![]));
    assert_eq!(said(&root, &["beside.json", "x.tf", "task.json"]), (1, vec![]));
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
    let (code, lines) = said(&root, &[]);
    assert_eq!((code, lines.len()), (1, 1), "{lines:?}");
    assert!(lines[0].contains("`loop.json` is not read here: cannot be read"), "{lines:?}");
    assert_eq!(
        said(&root, &["beside.json", "gone.json"]),
        (2, vec!["ecslint: gone.json: no such file".to_owned()])
    );
}

#[test]
fn what_leads_out_of_the_repository_is_refused_and_said() {
    for (expression, path) in [
        ("file(\"../../outside.json\")", "../../outside.json"),
        ("file(\"../../../../../../../../../../etc/passwd\")", "etc/passwd"),
        ("file(\"/etc/passwd\")", "/etc/passwd"),
        ("file(\"link.json\")", "link.json"),
        ("file(\"dir/outside.json\")", "dir/outside.json"),
        ("templatefile(\"../../outside.json\", {})", "../../outside.json"),
        ("jsonencode([for f in fileset(\"../..\", \"*\") : { name = f }])", "../.."),
        ("jsonencode([for f in fileset(\"dir\", \"*\") : { name = f }])", "dir"),
    ] {
        let (outer, root) = around(&[("tf/main.tf", &TASK.replace("EXPRESSION", expression))]);
        symlink("../../outside.json", root.join("tf/link.json")).unwrap();
        symlink(outer.path(), root.join("tf/dir")).unwrap();
        let (code, lines) = said(&root, &[]);
        assert_eq!((code, lines.len()), (1, 1), "{expression}: {lines:?}");
        let line = format!("{path}` is not read here: outside of the directories being checked");
        assert!(lines[0].contains(&line) && lines[0].contains("warning[terraform-error]"), "{lines:?}");
    }
}

#[test]
fn a_module_or_a_file_of_variables_outside_is_refused_and_said() {
    let call = "module \"a\" {\n  source = \"../../out\"\n}\n";
    let (outer, root) = around(&[("tf/main.tf", &[call, &TASK.replace("EXPRESSION", "\"[]\"")].concat())]);
    let (_, lines) = said(&root, &[]);
    assert!(
        lines.iter().any(|line| line.contains("the module at \"../../out\" is not read here: outside")),
        "{lines:?}"
    );
    fs::write(outer.path().join("x.tfvars"), "x = \"tr0mb0ne\"\n").unwrap();
    fs::write(root.join("tf/main.tf"), TASK.replace("EXPRESSION", "\"[]\"")).unwrap();
    symlink("../../x.tfvars", root.join("tf/terraform.tfvars")).unwrap();
    let line = "ecslint: tf/terraform.tfvars: outside of the directories being checked".to_owned();
    let (code, lines) = said(&root, &[]);
    assert!(code == 1 && lines.contains(&line), "what others may bring fails no run: {lines:?}");
}

#[test]
fn the_repository_may_be_read_and_what_is_above_may_not() {
    let files = [
        ("tf/main.tf", &*TASK.replace("EXPRESSION", "file(\"../shared.json\")")),
        ("shared.json", "[{ \"name\": 1 }]"),
    ];
    let (_outer, root) = around(&files);
    let (_, lines) = said(&root, &["beside.json", "tf"]);
    assert!(lines.iter().any(|line| line.starts_with("shared.json:1:")), "{lines:?}");
    fs::remove_dir(root.join(".git")).unwrap();
    let (_, lines) = said(&root.join("tf"), &["../beside.json", "main.tf"]);
    assert!(
        !lines.iter().any(|line| line.contains("is not read here")),
        "the directory of a file given is read too"
    );
    fs::rename(root.join("beside.json"), root.join("tf/beside.json")).unwrap();
    let (_, lines) = said(&root.join("tf"), &["."]);
    assert!(
        lines.iter().any(|line| line.contains("`../shared.json` is not read here: outside")),
        "{lines:?}"
    );
}

#[test]
fn what_nobody_may_read_is_said() {
    let (_outer, root) =
        around(&[("closed.json", CLEAN), ("closed/main.tf", "locals {}\n"), ("tf/main.tf", "locals {}\n")]);
    for name in ["closed.json", "closed", "tf/main.tf"] {
        fs::set_permissions(root.join(name), fs::Permissions::from_mode(0o0)).unwrap();
    }
    // Whoever may do anything may read them all the same.
    if fs::read(root.join("closed.json")).is_err() {
        let (code, lines) = said(&root, &[]);
        assert_eq!((code, lines.len()), (2, 3), "{lines:?}");
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
    assert_eq!(said(&root, &[]), (1, vec![]));
    fs::write(root.join("main.tf"), EVERYTHING).unwrap();
    let (_, out, _) = run(&root, &["check", "--format", "concise"]);
    assert_eq!(out.matches("too many files lie below this directory").count(), 1, "{out}");
    assert!(out.contains("`family` cannot be `a b`"), "{out}");
}

const EVERYTHING: &str = r#"
resource "aws_ecs_task_definition" "web" {
  family                = "a b"
  container_definitions = jsonencode([for name in fileset(path.module, "**") : { name = name, image = "nginx" }])
}
"#;
