//! Clients that pull diagnostics receive none by push.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;

use super::editor::{BROKEN, Editor, uri};

fn able() -> Value {
    json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    })
}

#[tokio::test]
async fn findings_are_given_when_asked_for_and_not_twice() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, greeting) = Editor::able(Some(directory.path()), able()).await;
    let offered = &greeting["result"]["capabilities"]["diagnosticProvider"];
    assert_eq!(offered["workspaceDiagnostics"], true);
    editor.open(&path, BROKEN).await;
    let params = json!({ "textDocument": { "uri": uri(&path) } });
    let answer = editor.request("textDocument/diagnostic", params).await;
    let report = &answer["result"];
    assert_eq!(report["kind"], "full");
    assert_eq!(report["items"][0]["code"], "syntax");
    let params = json!({ "textDocument": { "uri": uri(&path) }, "previousResultId": report["resultId"] });
    let answer = editor.request("textDocument/diagnostic", params.clone()).await;
    assert_eq!(answer["result"]["kind"], "unchanged");
    editor.edit(&path, 2, json!([{ "text": "{}" }])).await;
    let answer = editor.request("textDocument/diagnostic", params).await;
    assert_eq!(answer["result"]["items"], json!([]));
    let quiet = async {
        loop {
            let message = editor.receive().await;
            assert_ne!(message["method"], "textDocument/publishDiagnostics", "{message}");
        }
    };
    let _: Result<(), _> = timeout(Duration::from_millis(300), quiet).await;
}

#[tokio::test]
async fn the_workspace_is_told_of_in_full_and_then_of_what_is_new() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    fs::write(&path, BROKEN).unwrap();
    let (mut editor, _) = Editor::able(Some(directory.path()), able()).await;
    let answer = editor.request("workspace/diagnostic", json!({ "previousResultIds": [] })).await;
    let item = &answer["result"]["items"][0];
    assert_eq!((&item["kind"], &item["uri"]), (&json!("full"), &json!(uri(&path))));
    let known = json!({ "previousResultIds": [{ "uri": uri(&path), "value": item["resultId"] }] });
    let answer = editor.request("workspace/diagnostic", known.clone()).await;
    assert_eq!(answer["result"]["items"][0]["kind"], "unchanged");
    fs::remove_file(&path).unwrap();
    let change = json!({ "changes": [{ "uri": uri(&path), "type": 3 }] });
    editor.notify("workspace/didChangeWatchedFiles", change).await;
    let answer = editor.request("workspace/diagnostic", known).await;
    assert_eq!(answer["result"]["items"][0]["items"], json!([]));
}

#[tokio::test]
async fn a_client_is_to_ask_again_when_files_change_that_it_does_not_edit() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, _) = Editor::able(Some(directory.path()), able()).await;
    fs::write(&path, BROKEN).unwrap();
    let change = json!({ "changes": [{ "uri": uri(&path), "type": 1 }] });
    editor.notify("workspace/didChangeWatchedFiles", change).await;
    while editor.receive().await["method"] != "workspace/diagnostic/refresh" {}
}
