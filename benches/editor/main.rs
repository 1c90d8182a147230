//! Response time in an editor: from an edit to the findings of the edited file, in a workspace with 1,000 ECS files.
//!
//! `cargo bench --bench editor` prints the median and the 99th percentile. It does not use a statistics harness,
//! because the slow cases matter, which means and medians hide.

#![expect(clippy::unwrap_used, reason = "a bench stops at what it did not expect")]
#![expect(clippy::print_stdout, reason = "that is where it tells its figures")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

#[path = "../../tests/it/lsp/editor.rs"]
#[expect(dead_code, reason = "the tests use the rest of it")]
mod editor;
mod workspace;

use editor::{Editor, uri};

/// Number of timed edits of each kind.
const EDITS: usize = 300;

#[tokio::main]
async fn main() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().canonicalize().unwrap();
    let files = workspace::write(&root);
    println!("{} files below one directory", files.len());
    check_one(&root.join("json-007"));

    let begun = Instant::now();
    let (mut client, _) = Editor::able(Some(&root), json!({})).await;
    let first = client.receive().await;
    assert_eq!(first["method"], "textDocument/publishDiagnostics");
    println!("cold start to the first findings: {:.1} ms", milliseconds(begun.elapsed()));

    let json = root.join("json-007/task-definition.json");
    time(&mut client, "JSON file", &json, "\"memory\": 512", "\"memory\": 256").await;
    let service = root.join("json-007/service.json");
    time(&mut client, "JSON service", &service, "\"desiredCount\": 2", "\"desiredCount\": 3").await;
    let terraform = root.join("root-007/main.tf");
    time(&mut client, "Terraform root", &terraform, "desired_count   = 2", "desired_count   = 3").await;
    let module = root.join("modules/web/main.tf");
    time(&mut client, "Terraform module of many roots", &module, "name = var.name", "name = \"web\"").await;
    save(&mut client, &json).await;
    println!("memory: {} MiB at most", peak_memory());
}

/// Saves an open file that has not changed, and waits for its findings each time.
async fn save(client: &mut Editor, path: &Path) {
    client.open(path, &std::fs::read_to_string(path).unwrap()).await;
    client.published(path, |params| params["version"] == 1).await;
    let mut times = Vec::new();
    for _ in 0..EDITS / 10 {
        let begun = Instant::now();
        client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri(path) } })).await;
        client.published(path, |params| params["version"] == 1).await;
        times.push(begun.elapsed());
    }
    tell("save without a change: to the findings", &mut times);
}

/// The time of one `check` of a directory, as the command runs it.
fn check_one(directory: &Path) {
    let mut times: Vec<Duration> = (0..30)
        .map(|_| {
            let begun = Instant::now();
            let mut sources = ecslint::source::Sources::new(directory);
            ecslint::discover::collect(&mut sources, &[directory.to_owned()]);
            ecslint::check(&sources, &ecslint::config::RunOptions::default());
            begun.elapsed()
        })
        .collect();
    tell("check of one directory in this process", &mut times);
}

/// Edits a file repeatedly, replacing `old` with `new` and back, and waits for its findings each time.
async fn time(client: &mut Editor, what: &str, path: &PathBuf, old: &str, new: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    client.open(path, &text).await;
    client.published(path, |params| params["version"] == 1).await;
    let changed = text.replacen(old, new, 1);
    assert_ne!(text, changed, "{} has no {old}", path.display());
    let mut times = Vec::new();
    for version in 2..EDITS + 2 {
        let text = if version % 2 == 0 { &changed } else { &text };
        let edit = whole(text);
        let begun = Instant::now();
        client.edit(path, version, edit).await;
        client.published(path, |params| params["version"] == version).await;
        times.push(begun.elapsed());
    }
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri(path) } })).await;
    tell(&format!("{what}: from an edit to its findings"), &mut times);
}

fn whole(text: &str) -> Value {
    json!([{ "text": text }])
}

fn tell(what: &str, times: &mut [Duration]) {
    times.sort();
    let median = times[times.len() / 2];
    let slow = times[(times.len() * 99 / 100).min(times.len() - 1)];
    println!("{what}: median {:.1} ms, p99 {:.1} ms", milliseconds(median), milliseconds(slow));
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The peak memory of this process in MiB, if the platform reports it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    let kilobytes: Option<u64> = line.trim().trim_end_matches(" kB").parse().ok();
    kilobytes.map_or("unknown".to_owned(), |size| (size / 1024).to_string())
}
