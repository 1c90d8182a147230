//! Files beyond what anybody reads, and bytes that are no text: one line each, and the run goes on.

use std::fs::{self, File};
use std::path::Path;

use crate::program::{BROKEN, directory, run};

/// A file of one gigabyte that takes no room on the disk.
fn sparse(path: &Path) {
    File::create(path).unwrap().set_len(1 << 30).unwrap();
}

#[test]
fn a_file_of_a_gigabyte_is_refused_in_one_line() {
    let directory = directory(&[("ecs/task.json", BROKEN)]);
    sparse(&directory.path().join("ecs/main.tf"));
    sparse(&directory.path().join("ecs/dump.json"));
    for arguments in [
        &["check", ".", "--format", "concise"][..],
        &["check", "ecs/main.tf", "ecs/task.json", "--format", "concise"],
    ] {
        let (code, out, err) = run(directory.path(), arguments);
        assert_eq!(out, "ecs/task.json:4:37: error[syntax] a comma with nothing behind it\n");
        assert_eq!(err.matches("larger than 64 MiB").count(), 1, "{err}");
        assert_eq!(code, 2);
    }
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
    assert!(out.contains("`family` cannot be `a b`") && out.len() < 2_000, "{}", out.len());
}

#[test]
fn what_is_no_utf_8_is_said_to_be_none() {
    let directory = directory(&[("task.json", BROKEN)]);
    let utf_16: Vec<u8> =
        [0xFEFF].into_iter().chain(BROKEN.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    fs::write(directory.path().join("wide.json"), utf_16).unwrap();
    fs::write(directory.path().join("latin.json"), b"{ \"family\": \"caf\xe9\" }").unwrap();
    let (code, out, err) =
        run(directory.path(), &["check", "wide.json", "latin.json", "task.json", "--format", "concise"]);
    assert_eq!(out.lines().count(), 1);
    assert!(err.contains("wide.json: UTF-16 text; save it as UTF-8"), "{err}");
    assert!(err.contains("latin.json: not UTF-8 text"), "{err}");
    assert_eq!(code, 2);
}
