//! `--since`, with the program as a process.

use std::fs;
use std::path::Path;
use std::process::Command;

use snapbox::str;

use crate::program::{BROKEN, CLEAN, assert_output, directory, run, session};

pub(crate) fn git(directory: &Path, arguments: &[&str]) {
    let identity =
        ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").current_dir(directory).args(identity).args(arguments).output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A repository with an error in `old.json`, committed.
fn repository() -> tempfile::TempDir {
    let directory = directory(&[("ecs/old.json", BROKEN), ("ecs/gone.json", CLEAN), ("readme", "")]);
    git(directory.path(), &["init", "-q"]);
    git(directory.path(), &["add", "."]);
    git(directory.path(), &["commit", "-q", "-m", "first"]);
    directory
}

/// The files with findings, and the status.
fn since(directory: &Path, revision: &str) -> (i32, Vec<String>) {
    let (code, out, err) =
        run(directory, &["check", "-q", "--format", "concise", &format!("--since={revision}")]);
    assert_eq!(err, "");
    let mut files: Vec<String> =
        out.lines().filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect();
    files.dedup();
    (code, files)
}

#[test]
fn only_what_has_changed_is_told() {
    let repository = repository();
    let path = repository.path();
    assert_eq!(since(path, "HEAD"), (0, vec![]));
    fs::write(path.join("ecs/new task.json"), BROKEN).unwrap();
    fs::remove_file(path.join("ecs/gone.json")).unwrap();
    assert_eq!(since(path, "HEAD"), (1, vec!["ecs/new task.json".to_owned()]));
    assert_eq!(since(&path.join("ecs"), "HEAD"), (1, vec!["new task.json".to_owned()]));
    git(path, &["checkout", "-q", "-b", "topic"]);
    git(path, &["add", "."]);
    git(path, &["commit", "-q", "-m", "second"]);
    assert_eq!(since(path, "HEAD"), (0, vec![]));
    assert_eq!(since(path, "main"), (1, vec!["ecs/new task.json".to_owned()]));
    // Changes that others made on the other branch are not changes of this one.
    git(path, &["checkout", "-q", "main"]);
    fs::write(path.join("ecs/old.json"), format!("{BROKEN}\n")).unwrap();
    git(path, &["commit", "-q", "-a", "-m", "third"]);
    git(path, &["checkout", "-q", "topic"]);
    assert_eq!(since(path, "main"), (1, vec!["ecs/new task.json".to_owned()]));
}

#[test]
fn a_change_is_told_of_where_it_shows() {
    let task = r#"{ "family": "web", "networkMode": "awsvpc", "containerDefinitions": [
        { "name": "web", "image": "nginx", "memory": 128, "portMappings": [{ "containerPort": 80 }] }] }"#;
    let service = r#"{ "serviceName": "web", "taskDefinition": "web", "desiredCount": 1, "loadBalancers": [
        { "containerName": "web", "containerPort": 80, "targetGroupArn": "arn" }] }"#;
    let repository = repository();
    let path = repository.path();
    fs::write(path.join("task.json"), task).unwrap();
    fs::write(path.join("service.json"), service).unwrap();
    git(path, &["add", "."]);
    git(path, &["commit", "-q", "-m", "second"]);
    fs::write(path.join("task.json"), task.replace("\"name\": \"web\"", "\"name\": \"app\"")).unwrap();
    let (code, files) = since(path, "HEAD");
    assert_eq!((code, files), (1, vec!["service.json".to_owned()]));
}

#[test]
fn only_what_has_changed_is_mended() {
    let repository = repository();
    let path = repository.path();
    let port = r#"{ "family": "web", "networkMode": "awsvpc", "containerDefinitions": [
        { "name": "web", "image": "nginx", "memory": 128, "portMappings": [{ "containerPort": 80, "hostPort": 81 }] }] }"#;
    fs::write(path.join("before.json"), port).unwrap();
    git(path, &["add", "."]);
    git(path, &["commit", "-q", "-m", "second"]);
    fs::write(path.join("after.json"), port.replace("\"web\"", "\"app\"")).unwrap();
    run(path, &["check", "-q", "--fix", "--since=HEAD"]);
    assert_eq!(fs::read_to_string(path.join("before.json")).unwrap(), port);
    assert!(!fs::read_to_string(path.join("after.json")).unwrap().contains("81"));
}

#[test]
fn what_is_no_revision_is_a_usage_error() {
    let repository = repository();
    let said = ["nowhere", "--output=x", ""]
        .map(|revision| session(repository.path(), &["check", &format!("--since={revision}")]));
    assert_output(
        said.concat(),
        str![[r#"
$ ecslint check --since=nowhere
2> ecslint: --since: unknown revision `nowhere`
status 2
$ ecslint check --since=--output=x
2> ecslint: --since: invalid revision `--output=x`
status 2
$ ecslint check --since=
2> ecslint: --since: invalid revision ``
status 2

"#]],
    );
    assert!(!repository.path().join("x").exists());
    let nothing = directory(&[("task.json", CLEAN)]);
    let (code, _, err) = run(nothing.path(), &["check", "--since", "HEAD"]);
    assert_eq!((code, err.lines().count()), (2, 1), "{err}");
}

/// Many resources read one file. A finding in it is shown if one of them has changed, however many findings there are.
#[test]
fn findings_of_a_file_are_told_if_a_file_that_uses_it_has_changed() {
    for containers in [10, 700] {
        let container = |index| format!(r#"{{"name":"c{index}","image":"x","memory":1024}}"#);
        let all = (0..containers).map(container).collect::<Vec<_>>().join(",");
        let task = |name: &str| {
            format!(
                "resource \"aws_ecs_task_definition\" \"{name}\" {{\n  family = \"{name}\"\n  memory = 512\n  container_definitions = file(\"c.json\")\n}}\n"
            )
        };
        let (first, second) = (task("a"), task("b"));
        let directory = directory(&[
            ("a.tf", first.as_str()),
            ("b.tf", second.as_str()),
            ("c.json", &format!("[{all}]")),
        ]);
        let path = directory.path();
        git(path, &["init", "-q"]);
        git(path, &["add", "."]);
        git(path, &["commit", "-q", "-m", "first"]);
        fs::write(path.join("b.tf"), format!("{second}\n")).unwrap();
        let found = |options: &[&str]| {
            let (_, out, _) = run(
                path,
                &[
                    &["check", "-q", "--format", "concise", "--select", "container-memory-exceeds-task"],
                    options,
                ]
                .concat(),
            );
            out.lines().filter(|line| line.starts_with("c.json")).count()
        };
        assert_eq!(found(&[]), containers);
        assert_eq!(found(&["--since", "HEAD"]), containers);
    }
}
