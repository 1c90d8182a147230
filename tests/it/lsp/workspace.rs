//! Folders, files that are created and deleted, and long work.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;

use super::editor::{BROKEN, Editor, has, is_clean, uri};

#[tokio::test]
async fn folders_come_and_go() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (first, second) = (one.path().join("task.json"), two.path().join("task.json"));
    fs::write(&first, BROKEN).unwrap();
    fs::write(&second, BROKEN).unwrap();
    let (mut editor, _) = Editor::start(Some(one.path()), Value::Null).await;
    editor.published(&first, has("syntax")).await;
    let folder = |path: &std::path::Path| json!([{ "uri": uri(path), "name": "folder" }]);
    let event = json!({ "added": folder(two.path()), "removed": [] });
    editor.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event })).await;
    editor.published(&second, has("syntax")).await;
    let event = json!({ "added": [], "removed": folder(one.path()) });
    editor.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event })).await;
    editor.published(&first, is_clean).await;
}

#[tokio::test]
async fn ten_thousand_files_of_which_few_are_ours_are_served() {
    let directory = tempfile::tempdir().unwrap();
    for folder in 0..100 {
        let folder = directory.path().join(format!("folder-{folder}"));
        fs::create_dir(&folder).unwrap();
        for number in 0..99 {
            fs::write(folder.join(format!("data-{number}.json")), "{ \"name\": \"data\" }").unwrap();
        }
        fs::write(folder.join("task.json"), BROKEN).unwrap();
    }
    let able = json!({ "textDocument": { "diagnostic": {} } });
    let (mut editor, _) = Editor::able(Some(directory.path()), able).await;
    let answer = editor.request("workspace/diagnostic", json!({ "previousResultIds": [] })).await;
    assert_eq!(answer["result"]["items"].as_array().unwrap().len(), 100);
    let symbols = editor.request("workspace/symbol", json!({ "query": "web" })).await;
    assert_eq!(symbols["result"].as_array().unwrap().len(), 200, "{symbols}");
}

#[tokio::test]
async fn a_file_that_is_renamed_takes_its_findings_with_it() {
    let directory = tempfile::tempdir().unwrap();
    let (old, new) = (directory.path().join("old.json"), directory.path().join("new.json"));
    fs::write(&old, BROKEN).unwrap();
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.published(&old, has("syntax")).await;
    fs::rename(&old, &new).unwrap();
    let changes = json!([{ "uri": uri(&old), "type": 3 }, { "uri": uri(&new), "type": 1 }]);
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes })).await;
    editor.published(&old, is_clean).await;
    editor.published(&new, has("syntax")).await;
}

#[tokio::test]
async fn a_variable_that_changes_on_disk_is_seen() {
    let directory = tempfile::tempdir().unwrap();
    let (main, values) = (directory.path().join("main.tf"), directory.path().join("terraform.tfvars"));
    let task = r#"
variable "memory" {}
resource "aws_ecs_task_definition" "shop" {
  family                   = "shop"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = var.memory
  container_definitions    = jsonencode([{ name = "web", image = "nginx:1" }])
}
"#;
    fs::write(&main, task).unwrap();
    fs::write(&values, "memory = 4096\n").unwrap();
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    let shown = editor.published(&values, has("fargate-cpu-memory")).await;
    assert_eq!(shown["diagnostics"].as_array().unwrap().len(), 1, "{shown}");
    fs::write(&values, "memory = 512\n").unwrap();
    let changes = json!([{ "uri": uri(&values), "type": 2 }]);
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes })).await;
    editor.published(&values, is_clean).await;
}

#[tokio::test]
async fn a_request_that_is_cancelled_is_answered_so_and_holds_nothing_up() {
    let directory = tempfile::tempdir().unwrap();
    for number in 0..500 {
        fs::write(directory.path().join(format!("task-{number}.json")), BROKEN).unwrap();
    }
    let path = directory.path().join("task-0.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    let params = json!({ "textDocument": { "uri": uri(&path) } });
    let request =
        json!({ "jsonrpc": "2.0", "id": 77, "method": "textDocument/documentSymbol", "params": params });
    editor.send(request).await;
    editor.notify("$/cancelRequest", json!({ "id": 77 })).await;
    let answer = loop {
        let message = editor.receive().await;
        if message["id"] == 77 {
            break message;
        }
    };
    // The response may have been sent before.
    assert!(answer["error"]["code"] == -32800 || answer["result"].is_array(), "{answer}");
    let answer = editor.request("textDocument/documentSymbol", params).await;
    assert!(answer["result"].is_array());
}

#[tokio::test]
async fn a_client_that_never_answers_is_served_all_the_same() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let able = json!({
        "window": { "workDoneProgress": true, "showDocument": { "support": true } },
        "workspace": {
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "diagnostics": { "refreshSupport": true },
        },
        "textDocument": { "diagnostic": {} },
    });
    let (mut editor, _) = Editor::able(Some(directory.path()), able).await;
    editor.open(&path, BROKEN).await;
    for version in 2..200 {
        let text = if version % 2 == 0 { "{}" } else { BROKEN };
        editor.edit(&path, version, json!([{ "text": text }])).await;
        let changes = json!([{ "uri": uri(&directory.path().join("other.json")), "type": 2 }]);
        editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes })).await;
    }
    let params = json!({ "textDocument": { "uri": uri(&path) } });
    let asked = editor.request("textDocument/diagnostic", params);
    let answer = timeout(Duration::from_secs(30), asked).await.unwrap();
    assert_eq!(answer["result"]["items"][0]["code"], "syntax");
}
