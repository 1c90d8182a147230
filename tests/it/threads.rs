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
