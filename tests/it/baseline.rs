//! Baselines, with the program as a process.

use std::fs;

use snapbox::str;

use crate::program::{assert_output, directory, run, session};

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
    let check = || session(directory.path(), &["check", "--format", "concise", "--baseline", "known.json"]);
    let write = || session(directory.path(), &["check", "--write-baseline", "known.json"]);
    let first = write();
    let known = fs::read_to_string(path("known.json")).unwrap();
    assert_output(
        [first, known, check()].concat(),
        str![[r#"
$ ecslint check --write-baseline known.json
2> Wrote 1 finding to known.json.
{
  "version": 1,
  "findings": [
    {
      "rule": "awsvpc-port-mismatch",
      "document": "ecs:RegisterTaskDefinition one",
      "message": "host port 81 must be equal to container port 80 in `awsvpc` network mode",
      "fingerprint": "47cc654130a5f1d2"
    }
  ]
}
$ ecslint check --format concise --baseline known.json
2> Checked 1 file: 0 errors, 0 warnings.

"#]],
    );

    // Another file, with more lines above it.
    fs::create_dir(path("two")).unwrap();
    fs::rename(path("one/task.json"), path("two/moved.json")).unwrap();
    fs::write(path("two/moved.json"), format!("\n\n{}", task("one", 81))).unwrap();
    assert_output(
        check(),
        str![[r#"
$ ecslint check --format concise --baseline known.json
2> Checked 1 file: 0 errors, 0 warnings.

"#]],
    );

    // The same error in another document is new.
    fs::write(path("other.json"), task("other", 81)).unwrap();
    assert_output(
        check(),
        str![[r#"
$ ecslint check --format concise --baseline known.json
other.json:2:99: error[awsvpc-port-mismatch] host port 81 must be equal to container port 80 in `awsvpc` network mode
2> Checked 2 files: 1 error, 0 warnings.
2> --fix can fix 1 finding.
status 1

"#]],
    );

    // Fixed findings are reported as no longer found.
    fs::write(path("two/moved.json"), task("one", 80)).unwrap();
    fs::remove_file(path("other.json")).unwrap();
    assert_output(
        [check(), write(), check()].concat(),
        str![[r#"
$ ecslint check --format concise --baseline known.json
2> ecslint: known.json: 1 known finding no longer found; run --write-baseline to update the file
2> Checked 1 file: 0 errors, 0 warnings.
$ ecslint check --write-baseline known.json
2> Wrote 0 findings to known.json.
$ ecslint check --format concise --baseline known.json
2> Checked 1 file: 0 errors, 0 warnings.

"#]],
    );
}

#[test]
fn a_baseline_that_is_none_is_a_failure_in_one_line() {
    let directory = directory(&[
        ("task.json", &task("one", 81)),
        ("other.json", "{}"),
        ("old.json", "{\"version\":9,\"findings\":[]}"),
    ]);
    let said = ["none.json", "other.json", "old.json"]
        .map(|name| session(directory.path(), &["check", "--baseline", name]));
    assert_output(
        said.concat(),
        str![[r#"
$ ecslint check --baseline none.json
2> ecslint: none.json: no such file
status 2
$ ecslint check --baseline other.json
2> ecslint: other.json: not a valid baseline: missing field `version` at line 1 column 2
status 2
$ ecslint check --baseline old.json
2> ecslint: old.json: unsupported baseline version 9: expected 1
status 2

"#]],
    );
}

#[test]
fn findings_are_counted_by_rule() {
    let directory = directory(&[
        ("a.json", &task("a", 81)),
        ("b.json", &task("b", 81)),
        ("c.json", "{ \"containerDefinitions\": [,] }"),
    ]);
    let select = "awsvpc-port-mismatch,syntax";
    let (code, out, err) = run(directory.path(), &["check", "-q", "--statistics", "--select", select]);
    assert_eq!((code, err.as_str()), (1, ""));
    assert_output(
        out,
        str![[r#"
count fixable level    rule
    2       2 error    awsvpc-port-mismatch
    1       1 error    syntax

"#]],
    );
}

/// A baseline hides findings, but not that something was not checked.
#[test]
fn a_limit_is_never_known() {
    let many: Vec<String> = (0..2_500)
        .map(|at| format!("{{ \"name\": \"c{at}\", \"image\": \"a\", \"memory\": 128, \"cpu\": 1 }}"))
        .collect();
    let task = format!(r#"{{ "family": "a", "containerDefinitions": [{}] }}"#, many.join(","));
    let directory = directory(&[("task.json", &task)]);
    let run = |arguments: &[&str]| run(directory.path(), arguments);
    let (code, _, err) = run(&["check", "--write-baseline", "known.json"]);
    assert_eq!(code, 2, "{err}");
    let (code, out, _) = run(&["check", "--baseline", "known.json", "--format", "concise"]);
    let rules: Vec<&str> = out.lines().filter(|line| line.contains("limit-reached")).collect();
    assert_eq!((code, rules.len()), (2, 1), "{out}");
    let (code, _, err) = run(&["check", "--add-ignores=later"]);
    assert_eq!(code, 2, "{err}");
    let (code, _, err) = run(&["show"]);
    assert!(code == 2 && err.contains("only the first 50 of each list"), "{err}");
}
