//! `--watch`, with the program as a process.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use snapbox::str;

#[cfg(unix)]
use crate::program::text;
use crate::program::{BROKEN, CLEAN, assert_output, directory, ecslint, session};

/// The lines that a process writes, as they arrive.
fn lines(reader: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        BufReader::new(reader).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
    });
    receiver
}

/// The output with `TIME` in place of each time.
fn timeless(said: &str) -> String {
    regex::Regex::new(r"\d\d:\d\d:\d\d UTC").unwrap().replace_all(said, "TIME").into_owned()
}

#[test]
fn a_change_makes_another_run() {
    let directory = directory(&[("task.json", CLEAN)]);
    let arguments = ["check", "--watch", "--format", "concise", "--format", "json=out.json"];
    let mut process =
        ecslint(directory.path(), &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (out, err) = (lines(process.stdout.take().unwrap()), lines(process.stderr.take().unwrap()));
    let next = |lines: &Receiver<String>| lines.recv_timeout(Duration::from_secs(20)).unwrap();
    let mut said = vec![next(&err), next(&err)];
    fs::write(directory.path().join("task.json"), BROKEN).unwrap();
    said.extend([next(&out), next(&err), next(&err), next(&err)]);
    fs::write(directory.path().join("new.json"), BROKEN).unwrap();
    said.push(next(&out));
    assert_output(
        timeless(&said.join("\n")),
        str![[r#"
Checked 1 file: 0 errors, 0 warnings.
[TIME] Watching this directory for changes.
task.json:4:37: error[syntax] trailing commas are not allowed in JSON
Checked 1 file: 1 error, 0 warnings.
--fix can fix 1 finding.
[TIME] Watching this directory for changes.
new.json:4:37: error[syntax] trailing commas are not allowed in JSON
"#]],
    );
    // The report that the run writes is not a change.
    assert!(directory.path().join("out.json").exists());
    process.kill().unwrap();
    process.wait().unwrap();
    assert_output(
        session(directory.path(), &["check", "--watch", "-"]),
        str![[r#"
$ ecslint check --watch -
2> ecslint: --watch does not support standard input
status 2

"#]],
    );
}

#[cfg(unix)]
#[test]
fn watching_ends_quietly_when_nobody_reads_any_more() {
    let directory = directory(&[("task.json", BROKEN)]);
    let arguments = ["check", "--watch", "--quiet", "--format", "concise"];
    let mut process =
        ecslint(directory.path(), &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("task.json:4"), "{line}");
    // Its only reader is gone now, and no file changes.
    let (code, _, err) = text(&process.wait_with_output().unwrap());
    assert_output(
        timeless(&err),
        str![[r#"
[TIME] Watching this directory for changes.

"#]],
    );
    assert_eq!(code, 1);
}
