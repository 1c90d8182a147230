//! Fixes as code actions.

use serde_json::{Value, json};

use super::editor::{Editor, edited, place, uri};

const TASK: &str = r#"{
  "family": "web",
  "networkMode": "awsvpc",
  "requiresCompatibilities": ["EC2"],
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:1",
      "memory": 128,
      "portMappings": [
        { "containerPort": 80, "hostPort": 8080 },
        { "containerPort": 81, "hostPort": 8081 }
      ]
    }
  ]
}
"#;

async fn actions(editor: &mut Editor, path: &std::path::Path, at: &Value, only: Value) -> Vec<Value> {
    let context = json!({ "diagnostics": [], "only": only });
    let range = json!({ "start": at, "end": at });
    let params = json!({ "textDocument": { "uri": uri(path) }, "range": range, "context": context });
    editor.request("textDocument/codeAction", params).await["result"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_fix_is_offered_where_its_finding_is() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let able = json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } });
    let (mut editor, _) = Editor::able(Some(directory.path()), able).await;
    editor.open(&path, TASK).await;
    let found = actions(&mut editor, &path, &place(TASK, "\"hostPort\": 80|80"), json!(["quickfix"])).await;
    assert_eq!(found.len(), 1, "{found:?}");
    let fix = &found[0];
    assert_eq!((&fix["kind"], &fix["isPreferred"]), (&json!("quickfix"), &json!(true)));
    assert_eq!(fix["diagnostics"][0]["code"], "awsvpc-port-mismatch");
    assert_eq!(fix["edit"]["documentChanges"][0]["textDocument"]["version"], 1);
    let mended = edited(TASK, &fix["edit"], &path);
    assert_eq!(mended, TASK.replace("\"hostPort\": 8080", "\"hostPort\": 80"));
    assert!(actions(&mut editor, &path, &place(TASK, "\"fam|ily\""), json!(["quickfix"])).await.is_empty());
}

#[tokio::test]
async fn the_names_that_exist_are_offered_in_place_of_a_wrong_one() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let text = r#"{ "family": "web", "networkMode": "awsvcp", "volumes": [{ "name": "data" }, { "name": "cache" }],
  "containerDefinitions": [{ "name": "web", "image": "nginx:1", "memory": 128,
    "mountPoints": [{ "sourceVolume": "files", "containerPath": "/files" }] }] }"#;
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, text).await;
    let titles = |found: &[Value]| -> Vec<String> {
        found.iter().map(|action| action["title"].as_str().unwrap().to_owned()).collect()
    };
    let found = actions(&mut editor, &path, &place(text, "\"fil|es\""), json!(["quickfix"])).await;
    let offered = titles(&found);
    assert_eq!(offered[..2], ["Replace `files` with `data`", "Replace `files` with `cache`"]);
    assert_eq!(edited(text, &found[1]["edit"], &path), text.replace("\"files\"", "\"cache\""));
    let found = actions(&mut editor, &path, &place(text, "\"aws|vcp\""), json!(["quickfix"])).await;
    let offered = titles(&found);
    assert!(offered.iter().any(|title| title == "Replace `awsvcp` with `bridge`"), "{offered:?}");
    let written = found.iter().filter(|action| edited(text, &action["edit"], &path).contains("\"awsvpc\""));
    assert_eq!(written.count(), 1, "{offered:?}");
}

#[tokio::test]
async fn all_safe_fixes_of_a_file_are_one_action() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, TASK).await;
    for only in ["source", "source.fixAll", "source.fixAll.ecslint"] {
        let found = actions(&mut editor, &path, &place(TASK, "|{"), json!([only])).await;
        assert_eq!(found.len(), 1, "{only}");
        assert_eq!(found[0]["kind"], "source.fixAll.ecslint");
        let mended = edited(TASK, &found[0]["edit"], &path);
        let expected = TASK.replace("\"hostPort\": 8080", "\"hostPort\": 80");
        assert_eq!(mended, expected.replace("\"hostPort\": 8081", "\"hostPort\": 81"));
    }
    assert!(actions(&mut editor, &path, &place(TASK, "|{"), json!(["source.fix"])).await.is_empty());
    assert!(actions(&mut editor, &path, &place(TASK, "|{"), json!(["refactor"])).await.is_empty());
}

#[tokio::test]
async fn the_page_of_a_rule_is_opened_by_the_client() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let able = json!({ "window": { "showDocument": { "support": true } } });
    let (mut editor, _) = Editor::able(Some(directory.path()), able).await;
    editor.open(&path, TASK).await;
    let found = actions(&mut editor, &path, &place(TASK, "\"hostPort\": 80|80"), Value::Null).await;
    let command = found.iter().find_map(|action| action.get("command")).unwrap();
    let params = json!({ "command": command["command"], "arguments": command["arguments"] });
    editor
        .send(json!({ "jsonrpc": "2.0", "id": 99, "method": "workspace/executeCommand", "params": params }))
        .await;
    let shown = loop {
        let message = editor.receive().await;
        if message["method"] == "window/showDocument" {
            break message["params"].clone();
        }
    };
    assert!(shown["uri"].as_str().unwrap().ends_with("rules/awsvpc-port-mismatch.md"));
    assert_eq!(shown["external"], true);
}
