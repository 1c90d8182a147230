//! Servers whose engine panics or is slow.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::sync::Mutex;

use crate::lsp::run::Run;
use crate::lsp::serve_with;
use crate::lsp::state::{Shared, State};

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
