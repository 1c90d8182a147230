//! Folding and selection ranges.

use serde_json::{Value, json};

use super::editor::{Editor, place, uri};

const MAIN: &str = r#"locals {
  sizes = [
    1,
    2,
  ]
}
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = <<EOT
[
  {
    "name": "web", "image": "nginx:1",
    "dependsOn": [
      { "containerName": "log" }
    ]
  }
]
EOT
}
"#;

#[tokio::test]
async fn blocks_lists_and_the_json_in_a_heredoc_are_folded() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("main.tf");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, MAIN).await;
    let params = json!({ "textDocument": { "uri": uri(&path) } });
    let answer = editor.request("textDocument/foldingRange", params).await;
    let folds = answer["result"].as_array().unwrap().iter();
    let folds: Vec<(u64, u64)> = folds
        .map(|fold| (fold["startLine"].as_u64().unwrap() + 1, fold["endLine"].as_u64().unwrap() + 1))
        .collect();
    assert_eq!(folds, [(1, 5), (2, 4), (7, 18), (9, 17), (10, 16), (11, 15), (13, 14)]);
}

#[tokio::test]
async fn a_selection_grows_from_the_name_in_a_heredoc_to_the_resource() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("main.tf");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, MAIN).await;
    let at = [place(MAIN, "\"lo|g\""), place(MAIN, "|locals")];
    let params = json!({ "textDocument": { "uri": uri(&path) }, "positions": at });
    let answer = editor.request("textDocument/selectionRange", params).await;
    let mut starts = Vec::new();
    let mut region = &answer["result"][0];
    while region.is_object() {
        starts.push(region["range"]["start"].clone());
        region = &region["parent"];
    }
    let pieces = ["|\"log\"", "|{ \"containerName\"", "|[\n      {", "|{\n    \"name\"", "|[\n  {"];
    for (start, piece) in starts.iter().zip(pieces) {
        assert_eq!(*start, place(MAIN, piece), "{piece}");
    }
    assert_eq!(starts.last(), Some(&place(MAIN, "|resource")));
    assert_eq!(answer["result"][1]["range"]["end"], place(MAIN, "  ]\n}|\nresource"));
}
