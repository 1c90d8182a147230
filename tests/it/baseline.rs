//! Findings that are known, as a process sees it.

use std::fs;

use crate::cli::{directory, run};

fn task(family: &str, port: u16) -> String {
    format!(
        r#"{{ "family": "{family}", "networkMode": "awsvpc", "containerDefinitions": [
  {{ "name": "a", "image": "a", "memory": 128, "portMappings": [{{ "containerPort": 80, "hostPort": {port} }}] }}
] }}"#
    )
}

#[test]
fn only_what_is_new_is_told_wherever_it_moves() {
    let directory = directory(&[("one/task.json", &task("one", 81))]);
    let path = |name: &str| directory.path().join(name);
    let check = || run(directory.path(), &["check", "--format", "concise", "--baseline", "known.json"]);
    let write = || run(directory.path(), &["check", "--write-baseline", "known.json"]);
    assert_eq!(write(), (0, String::new(), "Wrote 1 finding to known.json.\n".to_owned()));
    let known = fs::read_to_string(path("known.json")).unwrap();
    assert!(known.contains("\"document\": \"ecs:RegisterTaskDefinition one\""), "{known}");
    assert_eq!(check(), (0, String::new(), "Checked 1 file: 0 errors, 0 warnings.\n".to_owned()));

    // Another file, and other lines above it.
    fs::create_dir(path("two")).unwrap();
    fs::rename(path("one/task.json"), path("two/moved.json")).unwrap();
    fs::write(path("two/moved.json"), format!("\n\n{}", task("one", 81))).unwrap();
    assert_eq!(check().0, 0);

    // The same mistake in another document is a new one.
    fs::write(path("other.json"), task("other", 81)).unwrap();
    let (code, out, _) = check();
    assert_eq!((code, out.lines().count()), (1, 1), "{out}");
    assert!(out.starts_with("other.json:"), "{out}");

    // What is mended is said to be gone.
    fs::write(path("two/moved.json"), task("one", 80)).unwrap();
    fs::remove_file(path("other.json")).unwrap();
    let (code, _, err) = check();
    assert_eq!(code, 0);
    assert!(
        err.starts_with("ecslint: known.json: 1 known finding not found again; --write-baseline"),
        "{err}"
    );
    assert_eq!(write().2, "Wrote 0 findings to known.json.\n");
    assert_eq!(check().2, "Checked 1 file: 0 errors, 0 warnings.\n");
}

#[test]
fn a_baseline_that_is_none_is_a_failure_in_one_line() {
    let directory = directory(&[
        ("task.json", &task("one", 81)),
        ("other.json", "{}"),
        ("old.json", "{\"version\":9,\"findings\":[]}"),
    ]);
    for name in ["none.json", "other.json", "old.json"] {
        let (code, out, err) = run(directory.path(), &["check", "--baseline", name]);
        assert_eq!((code, out.as_str(), err.lines().count()), (2, "", 1), "{err}");
        assert!(err.starts_with(&format!("ecslint: {name}: ")), "{err}");
    }
}

#[test]
fn findings_are_counted_by_rule() {
    let directory = directory(&[
        ("a.json", &task("a", 81)),
        ("b.json", &task("b", 81)),
        ("c.json", "{ \"containerDefinitions\": [,] }"),
    ]);
    let select = "awsvpc-port-mismatch,syntax";
    let (_, _, err) = run(directory.path(), &["check", "-q", "--statistics", "--select", select]);
    assert_eq!(err, "    2 error    awsvpc-port-mismatch\n    1 error    syntax\n");
}
