//! Extremely large files, and bytes that are not text: each causes one line, and the run continues.

use std::fs::{self, File};
use std::path::Path;

use snapbox::str;

use crate::program::{BROKEN, assert_output, directory, run, session};

/// A sparse file of one gigabyte.
fn sparse(path: &Path) {
    File::create(path).unwrap().set_len(1 << 30).unwrap();
}

#[test]
fn a_file_of_a_gigabyte_is_refused_in_one_line() {
    let directory = directory(&[("ecs/task.json", BROKEN)]);
    sparse(&directory.path().join("ecs/main.tf"));
    sparse(&directory.path().join("ecs/dump.json"));
    assert_output(
        session(directory.path(), &["check", ".", "--format", "concise"]),
        str![[r#"
$ ecslint check . --format concise
ecs/task.json:4:37: error[syntax] trailing commas are not allowed in JSON
2> ecslint: ecs/main.tf: larger than 64 MiB
2> Checked 1 file: 1 error, 0 warnings.
2> --fix can fix 1 finding.
status 2

"#]],
    );
    let named = ["check", "ecs/main.tf", "ecs/task.json", "--format", "concise"];
    assert_output(
        session(directory.path(), &named),
        str![[r#"
$ ecslint check ecs/main.tf ecs/task.json --format concise
ecs/task.json:4:37: error[syntax] trailing commas are not allowed in JSON
2> ecslint: ecs/main.tf: larger than 64 MiB
2> Checked 1 file: 1 error, 0 warnings.
2> --fix can fix 1 finding.
status 2

"#]],
    );
}

#[test]
fn a_directory_with_too_many_patterns_is_passed_over() {
    let patterns: String = (0..10_000).map(|at| format!("dir{at}/*.x{at}\n")).collect();
    let directory = directory(&[
        ("ecs/task.json", BROKEN),
        ("other/.gitignore", &patterns),
        ("other/task.json", BROKEN),
        ("other/compose.yml", "x-aws-vpc: vpc-1\n"),
    ]);
    assert_output(
        session(directory.path(), &["check", ".", "--format", "concise"]),
        str![[r#"
$ ecslint check . --format concise
ecs/task.json:4:37: error[syntax] trailing commas are not allowed in JSON
2> ecslint: [DIRECTORY]/other/.gitignore: larger than 100 kB; its directory is not checked
2> Checked 1 file: 1 error, 0 warnings.
2> --fix can fix 1 finding.
status 2

"#]],
    );
    assert_output(
        session(&directory.path().join("other"), &["check", ".", "--format", "concise"]),
        str![[r#"
$ ecslint check . --format concise
2> ecslint: [DIRECTORY]/.gitignore: larger than 100 kB; its directory is not checked
status 2

"#]],
    );
}

#[test]
fn a_gigabyte_behind_file_is_not_read() {
    let task = "resource \"aws_ecs_task_definition\" \"web\" {\n  family                = \"a b\"\n  container_definitions = file(\"huge.json\")\n}\n";
    let directory = directory(&[("main.tf", task)]);
    sparse(&directory.path().join("huge.json"));
    let (_, out, _) = run(directory.path(), &["check", ".", "--format", "concise"]);
    assert!(out.contains("main.tf:2:27: error[invalid-name]"), "{out}");
    assert!(out.lines().count() <= 2, "{out}");
}

#[test]
fn a_line_of_many_megabytes_is_read() {
    let container = r#"{"name":"web","image":"nginx","memory":128}"#;
    let padding = " ".repeat(6 << 20);
    let text = format!(r#"{{"family":"a b","containerDefinitions":[{container}{padding}]}}"#);
    let directory = directory(&[("task.json", &text)]);
    let (code, out, _) = run(directory.path(), &["check", "task.json"]);
    assert_eq!(code, 1);
    assert!(out.contains("invalid-name") && out.len() < 2_000, "{}", out.len());
}

#[test]
fn what_is_no_utf_8_is_said_to_be_none() {
    let directory = directory(&[("task.json", BROKEN)]);
    let utf_16: Vec<u8> =
        [0xFEFF].into_iter().chain(BROKEN.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    fs::write(directory.path().join("wide.json"), utf_16).unwrap();
    fs::write(directory.path().join("latin.json"), b"{ \"family\": \"caf\xe9\" }").unwrap();
    let arguments = ["check", "wide.json", "latin.json", "task.json", "--format", "concise"];
    assert_output(
        session(directory.path(), &arguments),
        str![[r#"
$ ecslint check wide.json latin.json task.json --format concise
task.json:4:37: error[syntax] trailing commas are not allowed in JSON
2> ecslint: wide.json: UTF-16 text; save it as UTF-8
2> ecslint: latin.json: not UTF-8 text
2> Checked 1 file: 1 error, 0 warnings.
2> --fix can fix 1 finding.
status 2

"#]],
    );
}

#[test]
fn configuration_that_is_not_text_is_never_passed_over_silently() {
    let directory = directory(&[("main.tf", "resource \"aws_ecs_cluster\" \"a\" {\n  name = \"a\"\n}\n")]);
    let write = |path: &str, bytes: &[u8]| {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    let utf_16: Vec<u8> =
        [0xFEFF].into_iter().chain(BROKEN.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    write("wide.json", &utf_16);
    write("task.json", b"{ \"family\": \"caf\xe9\", \"containerDefinitions\": [] }");
    write("task.yaml", b"# caf\xe9\nfamily: a\ncontainerDefinitions: []\n");
    write("stack.yml", b"Resources:\n  A:\n    Type: AWS::ECS::Cluster # \xe9\n");
    write("deploy.sh", b"#!/bin/sh\n# \xe9\nterraform apply -var name=b\n");
    let blanks = " ".repeat(64 << 20);
    write("large.json", format!("{{ \"family\": \"a\", \"containerDefinitions\": [] }}{blanks}").as_bytes());
    // These are about something else.
    write("menu.json", b"{ \"menu\": [\"caf\xe9\"] }");
    write("menu.sh", b"#!/bin/sh\n# \xe9\necho menu\n");
    write("large-menu.json", format!("{{ \"menu\": [] }}{blanks}").as_bytes());
    assert_output(
        session(directory.path(), &["check", "--format", "concise"]),
        str![[r#"
$ ecslint check --format concise
2> ecslint: large.json: larger than 64 MiB
2> ecslint: stack.yml: not UTF-8 text
2> ecslint: task.json: not UTF-8 text
2> ecslint: task.yaml: not UTF-8 text
2> ecslint: wide.json: UTF-16 text; save it as UTF-8
2> ecslint: deploy.sh: not UTF-8 text
2> Checked 1 file: 0 errors, 0 warnings.
status 2

"#]],
    );
}
