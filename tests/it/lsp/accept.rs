//! Suppressing a finding with a code action, and changes of settings.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::editor::{BROKEN, Editor, edited, has, place, uri};

const MAIN: &str = r#"resource "aws_ecs_task_definition" "web" {
  family       = "web"
  network_mode = "awsvpc"

  container_definitions = <<EOT
[
  {
    "name": "web",
    "image": "nginx:1",
    "memory": 128,
    "portMappings": [{ "containerPort": 80, "hostPort": 8080 }]
  }
]
EOT
}
"#;

const TASK: &str = r#"{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:1",
      "memory": 128,
      "portMappings": [{ "containerPort": 80, "hostPort": 8080 }]
    }
  ]
}
"#;

/// The action that suppresses the finding at a position.
async fn accepting(editor: &mut Editor, path: &Path, at: Value) -> Option<Value> {
    let range = json!({ "start": at, "end": at });
    let context = json!({ "diagnostics": [], "only": ["quickfix"] });
    let params = json!({ "textDocument": { "uri": uri(path) }, "range": range, "context": context });
    let answer = editor.request("textDocument/codeAction", params).await;
    let mut found = answer["result"].as_array().unwrap().clone().into_iter();
    found.find(|action| action["title"].as_str().unwrap().starts_with("Ignore awsvpc-port-mismatch"))
}

#[tokio::test]
async fn a_comment_goes_to_where_it_is_one() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("main.tf");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    let list = MAIN.replace("<<EOT", "jsonencode(").replace("EOT", ")");
    let cases = [
        (MAIN, "  container_definitions = <<EOT"),
        (list.as_str(), "    \"portMappings\": [{ \"containerPort\": 80, \"hostPort\": 8080 }]"),
    ];
    for (text, line) in cases {
        editor.open(&path, text).await;
        editor.published(&path, has("awsvpc-port-mismatch")).await;
        let action = accepting(&mut editor, &path, place(text, "|8080")).await.unwrap();
        let text_after = edited(text, &action["edit"], &path);
        let indent = &line[..line.len() - line.trim_start().len()];
        let comment = format!("{indent}# ecslint: ignore[awsvpc-port-mismatch]\n{line}");
        assert_eq!(text_after, text.replace(line, &comment));
        editor.edit(&path, 2, json!([{ "text": text_after }])).await;
        editor
            .published(&path, |params| params["version"] == 2 && !has("awsvpc-port-mismatch")(params))
            .await;
    }
}

#[tokio::test]
async fn an_entry_goes_to_the_settings_above() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().canonicalize().unwrap();
    let (path, settings) = (root.join("a b").join("task.json"), root.join("ecslint.toml"));
    let written = "[rules]\nno-circuit-breaker = \"off\"\n";
    fs::create_dir(root.join("a b")).unwrap();
    fs::write(&path, TASK).unwrap();
    fs::write(&settings, written).unwrap();
    let (mut editor, _) = Editor::start(Some(&root), Value::Null).await;
    editor.published(&path, has("awsvpc-port-mismatch")).await;
    let action = accepting(&mut editor, &path, place(TASK, "|8080")).await.unwrap();
    let after = edited(written, &action["edit"], &settings);
    assert_eq!(
        after,
        format!(
            "{written}\n[[ignore]]\npath = \"a\\\\ b/task.json\"\nrule = \"awsvpc-port-mismatch\"\n\
             pointer = \"/containerDefinitions/0/portMappings/0/hostPort\"\n"
        )
    );
    editor.open(&settings, &after).await;
    editor.published(&path, |params| !has("awsvpc-port-mismatch")(params)).await;
    // Invalid settings are reported in the settings file.
    editor.edit(&settings, 2, json!([{ "text": after.replace("rule =", "ruel =") }])).await;
    editor.published(&path, has("awsvpc-port-mismatch")).await;
    editor.published(&settings, has("invalid-setting")).await;
}

#[tokio::test]
async fn settings_are_made_where_there_are_none_and_the_client_can() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().canonicalize().unwrap();
    let path = root.join("task.json");
    let (mut editor, _) = Editor::start(Some(&root), Value::Null).await;
    editor.open(&path, TASK).await;
    assert_eq!(accepting(&mut editor, &path, place(TASK, "|8080")).await, None);
    let edits = json!({ "documentChanges": true, "resourceOperations": ["create"] });
    let able = json!({ "workspace": { "workspaceEdit": edits } });
    let (mut editor, _) = Editor::able(Some(&root), able).await;
    editor.open(&path, TASK).await;
    let action = accepting(&mut editor, &path, place(TASK, "|8080")).await.unwrap();
    let changes = &action["edit"]["documentChanges"];
    let settings = root.join("ecslint.toml");
    assert_eq!((&changes[0]["kind"], &changes[0]["uri"]), (&json!("create"), &json!(uri(&settings))));
    let text = changes[1]["edits"][0]["newText"].as_str().unwrap();
    fs::write(&settings, text).unwrap();
    let change = json!({ "changes": [{ "uri": uri(&settings), "type": 1 }] });
    editor.notify("workspace/didChangeWatchedFiles", change).await;
    editor.published(&path, |params| !has("awsvpc-port-mismatch")(params)).await;
}

#[tokio::test]
async fn what_cannot_be_accepted_has_no_such_action() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    fs::write(directory.path().join("ecslint.toml"), "[rules\n").unwrap();
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, BROKEN).await;
    // Nothing is added to invalid settings.
    assert_eq!(accepting(&mut editor, &path, json!({ "line": 3, "character": 36 })).await, None);
}
