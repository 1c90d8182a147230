//! Servers whose engine panics or is slow.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::sync::Mutex;
use tower_lsp::ls_types::{TextDocumentItem, Uri};

use crate::lsp::run::Run;
use crate::lsp::serve_with;
use crate::lsp::state::{Shared, State};
use crate::workspace::IndexedUnit;

/// Locked until the client has been notified of progress.
static GATE: Mutex<()> = Mutex::const_new(());

/// Waits until the gate is open.
fn slow(state: &State, before: Option<&Run>) -> Run {
    drop(GATE.blocking_lock());
    Run::of(state, before)
}

/// Panics if a text contains "break".
fn failing(state: &State, before: Option<&Run>) -> Run {
    assert!(!state.open.values().any(|document| document.text.contains("break")), "the engine broke");
    Run::of(state, before)
}

async fn send(to: &mut DuplexStream, message: Value) {
    let body = message.to_string();
    let framed = format!("Content-Length: {}\r\n\r\n{body}", body.len());
    assert!(to.write_all(framed.as_bytes()).await.is_ok());
}

/// Reads until all of the words have been received, in this order.
async fn hears(from: &mut DuplexStream, words: &[&str]) {
    let mut heard = Vec::new();
    let reading = async {
        loop {
            let text = String::from_utf8_lossy(&heard);
            let rest = words.iter().try_fold(&*text, |rest, word| Some(rest.split_once(word)?.1));
            if rest.is_some() {
                return;
            }
            assert!(from.read_buf(&mut heard).await.is_ok_and(|read| read > 0));
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(30), reading).await.is_ok(), "never said {words:?}");
}

#[tokio::test]
async fn a_defect_of_the_engine_is_told_and_the_server_goes_on() {
    let (mut client, server) = tokio::io::duplex(1 << 16);
    let (input, output) = tokio::io::split(server);
    tokio::spawn(serve_with(Shared::new(failing), input, output));
    let greeting =
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } });
    send(&mut client, greeting).await;
    send(&mut client, json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} })).await;
    let item =
        json!({ "uri": "file:///nowhere/task.json", "languageId": "json", "version": 1, "text": "break" });
    let opened = json!({ "textDocument": item });
    send(&mut client, json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": opened })).await;
    hears(&mut client, &["window/showMessage", "internal error", "/issues"]).await;
    let resource = json!({ "uri": "file:///nowhere/task.json", "version": 2 });
    let change = json!({ "textDocument": resource, "contentChanges": [{ "text": "{}" }] });
    send(&mut client, json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": change }))
        .await;
    hears(&mut client, &["textDocument/publishDiagnostics", "\"version\":2"]).await;
}

#[tokio::test]
async fn a_request_that_is_cancelled_while_it_is_worked_at_is_answered_so() {
    let (mut client, server) = tokio::io::duplex(1 << 16);
    let (input, output) = tokio::io::split(server);
    let closed = GATE.lock().await;
    tokio::spawn(serve_with(Shared::new(slow), input, output));
    let params = json!({ "capabilities": {} });
    send(&mut client, json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params })).await;
    hears(&mut client, &["\"id\":1"]).await;
    send(&mut client, json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} })).await;
    let asked = json!({ "query": "" });
    send(&mut client, json!({ "jsonrpc": "2.0", "id": 2, "method": "workspace/symbol", "params": asked }))
        .await;
    let id = json!({ "id": 2 });
    send(&mut client, json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": id })).await;
    send(&mut client, json!({ "jsonrpc": "2.0", "id": 3, "method": "workspace/symbol", "params": asked }))
        .await;
    hears(&mut client, &["-32800"]).await;
    drop(closed);
    hears(&mut client, &["\"id\":3"]).await;
}

#[tokio::test]
async fn work_that_takes_long_is_shown() {
    let (mut client, server) = tokio::io::duplex(1 << 16);
    let (input, output) = tokio::io::split(server);
    let closed = GATE.lock().await;
    tokio::spawn(serve_with(Shared::new(slow), input, output));
    let able = json!({ "window": { "workDoneProgress": true } });
    let params = json!({ "capabilities": able });
    send(&mut client, json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params })).await;
    send(&mut client, json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} })).await;
    hears(&mut client, &["window/workDoneProgress/create"]).await;
    send(&mut client, json!({ "jsonrpc": "2.0", "id": 0, "result": null })).await;
    hears(&mut client, &["$/progress", "\"begin\""]).await;
    drop(closed);
    hears(&mut client, &["$/progress", "\"end\""]).await;
}

/// A workspace whose files have no errors, and a state with some of them open.
fn workspace() -> (tempfile::TempDir, State) {
    let directory = tempfile::tempdir().expect("a directory");
    let root = directory.path().to_owned();
    let task =
        r#"{ "family": "NAME", "containerDefinitions": [{ "name": "a", "image": "a", "memory": 128 }] }"#;
    for name in ["one", "two", "three"] {
        fs::write(root.join(format!("{name}.json")), task.replace("NAME", name)).expect("a file");
        let main = "module \"m\" {\n  source = \"../m\"\n}\nlocals {\n  a = fileset(\"..\", \"*.json\")\n}\n\
             resource \"aws_ecs_service\" \"s\" {\n  name = \"NAME\"\n}\n";
        fs::create_dir(root.join(name)).expect("a directory");
        fs::write(root.join(name).join("main.tf"), main.replace("NAME", name)).expect("a file");
    }
    fs::create_dir(root.join("m")).expect("a directory");
    fs::write(root.join("m/main.tf"), "locals {\n  a = 1\n}\n").expect("a file");
    (directory, State { roots: vec![root], ..State::default() })
}

fn open(state: &mut State, name: &str) {
    let path = state.roots[0].join(name);
    let text = fs::read_to_string(&path).expect("a text");
    let uri = Uri::from_file_path(&path).expect("a URI");
    state.open(TextDocumentItem { uri, language_id: "json".to_owned(), version: 1, text });
}

/// How many units a run took from the one before, and how many it has. The last unit holds what belongs to no other.
fn kept(before: &Run, after: &Run) -> (usize, usize) {
    let (before, after) = (&before.reading.workspace.units, &after.reading.workspace.units);
    let is_kept = |unit: &&Arc<IndexedUnit>| before.iter().any(|other| Arc::ptr_eq(unit, other));
    (after.iter().filter(is_kept).count(), after.len() - 1)
}

#[test]
fn an_event_that_changes_no_text_keeps_everything() {
    let (_directory, mut state) = workspace();
    let mut run = Run::of(&state, None);
    let mut check = |state: &State, event: &str| {
        let next = Run::of(state, Some(&run));
        assert_eq!(kept(&run, &next), (6, 6), "{event}");
        run = next;
    };
    state.disk += 1;
    check(&state, "a save or a file event");
    open(&mut state, "one.json");
    check(&state, "a JSON file is opened");
    open(&mut state, "two/main.tf");
    check(&state, "a Terraform file is opened");
    open(&mut state, "m/main.tf");
    check(&state, "a file of a module is opened");
    let uri = state.open.values().next().map(|document| document.uri.clone()).expect("a file");
    state.close(&uri);
    check(&state, "a file is closed");
    fs::write(state.roots[0].join("m/.main.tf.swp"), "text").expect("a file");
    state.disk += 1;
    check(&state, "an editor creates a temporary file");
}

#[test]
fn a_text_that_changes_on_disk_keeps_the_other_units() {
    let (_directory, mut state) = workspace();
    let run = Run::of(&state, None);
    let path = state.roots[0].join("one.json");
    let text = fs::read_to_string(&path).expect("a text");
    fs::write(&path, text.replace("128", "256")).expect("a file");
    state.disk += 1;
    let next = Run::of(&state, Some(&run));
    assert_eq!(kept(&run, &next), (5, 6));
    fs::write(state.roots[0].join("m/main.tf"), "locals {\n  a = 2\n}\n").expect("a file");
    state.disk += 1;
    assert_eq!(kept(&next, &Run::of(&state, Some(&next))), (3, 6));
}

#[test]
fn files_that_appear_and_disappear_are_seen() {
    let (_directory, mut state) = workspace();
    let (root, mut run) = (state.roots[0].clone(), Run::of(&state, None));
    let whole = run.outcome.files.len();
    let mut files = |state: &mut State| {
        state.disk += 1;
        run = Run::of(state, Some(&run));
        run.outcome.files.len()
    };
    let task = fs::read_to_string(root.join("one.json")).expect("a text");
    fs::write(root.join("four.json"), task.replace("one", "four")).expect("a file");
    assert_eq!(files(&mut state), whole + 1);
    fs::remove_file(root.join("four.json")).expect("it is removed");
    assert_eq!(files(&mut state), whole);
    fs::write(root.join("one/more.tf"), "resource \"aws_ecs_service\" \"t\" {\n}\n").expect("a file");
    assert_eq!(files(&mut state), whole + 1);
    fs::write(root.join("ecslint.toml"), "exclude = 1\n").expect("a file");
    state.disk += 1;
    let next = Run::of(&state, Some(&run));
    assert!(next.outcome.diagnostics.iter().any(|found| found.rule == "invalid-setting"));
}
