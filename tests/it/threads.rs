//! The number of threads does not change the output.

use std::path::Path;

use crate::program::{directory, ecslint};

#[path = "../../benches/tree.rs"]
mod tree;

/// The complete output of a run with this number of threads.
fn said(directory: &Path, threads: &str) -> (Vec<u8>, Vec<u8>) {
    let mut command = ecslint(directory, &["check", "--format", "json", "--show-unknown", "--statistics"]);
    let output = command.env("RAYON_NUM_THREADS", threads).output().unwrap();
    (output.stdout, output.stderr)
}

fn assert_same(directory: &Path) {
    let (out, err) = said(directory, "1");
    assert!(out.len() > 10_000, "there is output: {}", String::from_utf8_lossy(&err));
    for threads in ["2", "8"] {
        for _ in 0..3 {
            assert!(
                said(directory, threads) == (out.clone(), err.clone()),
                "{threads} threads say something else"
            );
        }
    }
}

/// The environment of a job may be set by somebody else.
#[cfg(target_os = "linux")]
#[test]
fn a_large_number_of_threads_is_limited() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let run = |threads: &str| {
        let mut command = ecslint(&directory, &["check", "--format", "json", "--watch"]);
        let process = command.env("RAYON_NUM_THREADS", threads).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = process.spawn().unwrap();
        let said = BufReader::new(process.stderr.take().unwrap())
            .lines()
            .find(|line| line.as_ref().is_ok_and(|line| line.contains("Watching")));
        assert!(said.is_some());
        let status = std::fs::read_to_string(format!("/proc/{}/status", process.id())).unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
        let count = status.lines().find_map(|line| line.strip_prefix("Threads:")).unwrap();
        count.trim().parse::<usize>().unwrap()
    };
    assert_eq!(run("3"), 4);
    let most = std::thread::available_parallelism().unwrap().get().max(64);
    assert_eq!(run("100000"), most + 1);
}

#[test]
fn the_examples_get_the_same_findings_from_any_number_of_threads() {
    assert_same(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"));
}

#[test]
fn a_large_tree_gets_the_same_findings_from_any_number_of_threads() {
    let amounts =
        tree::Amounts { roots: 40, modules: 5, callers: 50, pairs: 40, services: 5, ..Default::default() };
    let files = tree::files(amounts, 7);
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_same(directory(&files).path());
}
