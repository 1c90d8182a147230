//! Unusual client behavior that must not matter.

use std::fs;

use serde_json::{Value, json};

use super::editor::{BROKEN, Editor, has, is_clean, uri};

fn item(uri: &str, version: i32, text: &str) -> Value {
    json!({ "textDocument": { "uri": uri, "languageId": "json", "version": version, "text": text } })
}

#[tokio::test]
async fn columns_are_counted_in_letters_where_that_was_agreed() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let text =
        BROKEN.replace("\"web\", \"memory\"", "\"web\", \"dockerLabels\": { \"a\": \"😀\" }, \"memory\"");
    let (mut editor, answer) = Editor::start(Some(directory.path()), json!(["utf-32"])).await;
    assert_eq!(answer["result"]["capabilities"]["positionEncoding"], "utf-32");
    editor.open(&path, &text).await;
    let shown = editor.published(&path, has("syntax")).await;
    let line = text.lines().nth(3).unwrap();
    let comma = line.chars().count() - 1;
    let range = shown["diagnostics"][0]["range"].clone();
    assert_eq!(range["start"], json!({ "line": 3, "character": comma }));
    editor.edit(&path, 2, json!([{ "range": range, "text": "" }])).await;
    editor.published(&path, is_clean).await;
}

#[tokio::test]
async fn edits_at_the_ends_and_beyond_them_are_taken() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, "").await;
    let at = |line: u32, character: u32| json!({ "line": line, "character": character });
    let far = at(u32::MAX, u32::MAX);
    let rest = &BROKEN[1..].replace('\n', "\r\n");
    let changes = json!([
        { "range": { "start": at(0, 0), "end": at(0, 0) }, "text": rest },
        { "range": { "start": at(0, 0), "end": at(0, 0) }, "text": "{" },
        // A range with swapped ends is empty.
        { "range": { "start": far, "end": at(0, 0) }, "text": "\r\n" },
        { "range": { "start": at(9, 0), "end": far }, "text": "" },
    ]);
    editor.edit(&path, 2, changes).await;
    let shown = editor.published(&path, has("syntax")).await;
    assert_eq!(shown["diagnostics"].as_array().unwrap().len(), 1, "{shown}");
    assert_eq!(shown["diagnostics"][0]["range"]["start"], at(3, 36));
    let all = json!({ "start": at(0, 0), "end": far });
    editor.edit(&path, 3, json!([{ "range": all, "text": "" }])).await;
    editor.published(&path, |params| params["version"] == 3 && is_clean(params)).await;
}

#[tokio::test]
async fn a_file_that_is_opened_again_and_again_is_what_it_was_last() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    for version in 1..200 {
        let text = if version == 199 { BROKEN } else { "{}" };
        editor.notify("textDocument/didOpen", item(&uri(&path), version, text)).await;
    }
    editor.published(&path, |params| params["version"] == 199 && has("syntax")(params)).await;
    let closed = json!({ "textDocument": { "uri": uri(&path) } });
    editor.notify("textDocument/didClose", closed.clone()).await;
    editor.notify("textDocument/didClose", closed).await;
    // An edit of a file that is not open is ignored.
    editor.edit(&path, 200, json!([{ "text": BROKEN }])).await;
    editor.published(&path, is_clean).await;
}

#[tokio::test]
async fn a_file_is_the_same_however_its_name_is_spelled() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("my tâsk.json");
    fs::write(&path, BROKEN).unwrap();
    let plain = uri(&path).replace('â', "%C3%A2");
    let odd = plain.replace("task", "t%61sk").replace("my%20t", "%6Dy%20%74").replace(".json", "%2Ejson");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    let shown = loop {
        let message = editor.receive().await;
        if message["method"] == "textDocument/publishDiagnostics" {
            break message["params"].clone();
        }
    };
    assert_eq!(shown["uri"], plain);
    editor.notify("textDocument/didOpen", item(&odd, 1, "{}")).await;
    loop {
        let message = editor.receive().await;
        if message["method"] == "textDocument/publishDiagnostics" && is_clean(&message["params"]) {
            // The server returns the name as the client spells it.
            assert_eq!(message["params"]["uri"], odd);
            break;
        }
    }
}

#[tokio::test]
async fn a_text_that_is_no_file_disturbs_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.notify("textDocument/didOpen", item("untitled:Untitled-1", 1, BROKEN)).await;
    let change = json!({ "textDocument": { "uri": "untitled:Untitled-1", "version": 2 }, "contentChanges": [{ "text": "[" }] });
    editor.notify("textDocument/didChange", change).await;
    let position = json!({ "line": 0, "character": 0 });
    let at = json!({ "textDocument": { "uri": "untitled:Untitled-1" }, "position": position });
    for method in ["hover", "completion", "definition", "documentHighlight", "prepareRename"] {
        let answer = editor.request(&format!("textDocument/{method}"), at.clone()).await;
        assert_eq!(answer["result"], Value::Null, "{method}");
    }
    editor.open(&path, BROKEN).await;
    editor.published(&path, has("syntax")).await;
}

#[tokio::test]
async fn a_file_outside_of_the_workspace_is_checked_and_forgotten_when_it_is_closed() {
    let (inside, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = outside.path().join("task.json");
    fs::write(&path, BROKEN).unwrap();
    let (mut editor, _) = Editor::start(Some(inside.path()), Value::Null).await;
    editor.open(&path, BROKEN).await;
    editor.published(&path, has("syntax")).await;
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri(&path) } })).await;
    editor.published(&path, is_clean).await;
}

#[tokio::test]
async fn a_long_file_and_files_of_nothing_but_brackets_are_answered() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    let container = r#"{ "name": "web", "image": "nginx:1", "memory": 128 },"#;
    let long = format!("{{ \"family\": \"web\", \"containerDefinitions\": [{}] }}", container.repeat(1_000));
    for (version, text) in [(1, long), (2, "[".repeat(100_000)), (3, "{\"a\":".repeat(50_000))] {
        editor.notify("textDocument/didOpen", item(&uri(&path), version, &text)).await;
        let params = json!({ "textDocument": { "uri": uri(&path) } });
        for method in ["documentSymbol", "foldingRange", "codeLens"] {
            let answer = editor.request(&format!("textDocument/{method}"), params.clone()).await;
            assert!(answer.get("error").is_none(), "{answer}");
        }
    }
    editor.open(&path, BROKEN).await;
    editor.published(&path, has("syntax")).await;
}
