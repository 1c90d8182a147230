//! The outline of a file, and its document links.

use std::fs;

use serde_json::{Value, json};
use snapbox::str;

use super::editor::{Editor, place, uri};
use super::shop::{TASK, TERRAFORM};
use crate::program::assert_output;

/// A symbol with its detail and its children.
fn tree(symbol: &Value, depth: usize) -> String {
    let text = |key: &str| symbol[key].as_str().unwrap_or_default();
    let own = format!("{}{}: {}\n", "  ".repeat(depth), text("name"), text("detail"));
    let below = symbol["children"].as_array().into_iter().flatten();
    own + &below.map(|symbol| tree(symbol, depth + 1)).collect::<String>()
}

#[tokio::test]
async fn an_outline_goes_from_the_task_to_its_ports() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, TASK).await;
    let params = json!({ "textDocument": { "uri": uri(&path) } });
    let answer = editor.request("textDocument/documentSymbol", params).await;
    let task = &answer["result"][0];
    assert_output(
        tree(task, 0),
        str![[r#"
shop: task definition, 0.25 vCPU, 1 GiB
  web: nginx:1
    http 80: tcp
  proxy: envoy:1

"#]],
    );
    assert_eq!(task["range"]["end"]["line"], 13);
    let web = &task["children"][0];
    assert_eq!(web["selectionRange"]["start"], place(TASK, "\"name\": |\"web\""));
    let answer = editor.request("workspace/symbol", json!({ "query": "PRX" })).await;
    let found = &answer["result"][0];
    assert_output(format!("{} in {}", found["name"], found["containerName"]), str![[r#""proxy" in "shop""#]]);
    assert_eq!(found["location"]["range"]["start"], place(TASK, "\"name\": |\"proxy\""));
}

#[tokio::test]
async fn terraform_leads_to_the_files_it_reads_and_they_have_an_outline() {
    let directory = tempfile::tempdir().unwrap();
    let (path, json, more) =
        (directory.path().join("main.tf"), directory.path().join("shop.json"), directory.path().join("more"));
    fs::write(&json, r#"[{ "name": "web", "image": "${image}", "memory": 128 }]"#).unwrap();
    fs::create_dir(&more).unwrap();
    fs::write(more.join("main.tf"), "").unwrap();
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, TERRAFORM).await;
    let params = json!({ "textDocument": { "uri": uri(&path) } });
    let answer = editor.request("textDocument/documentLink", params).await;
    let links = answer["result"].as_array().unwrap();
    assert_eq!(links[0]["target"], uri(&json));
    assert_eq!(links[0]["range"]["start"], place(TERRAFORM, "\"|${path.module}"));
    assert_eq!(links[1]["target"], uri(&more.join("main.tf")));
    let at = place(TERRAFORM, "/sh|op.json");
    let params = json!({ "textDocument": { "uri": uri(&path) }, "position": at });
    let answer = editor.request("textDocument/definition", params).await;
    assert_eq!(answer["result"][0]["uri"], uri(&json));
    let params = json!({ "textDocument": { "uri": uri(&json) } });
    let answer = editor.request("textDocument/documentSymbol", params).await;
    assert_eq!(answer["result"][0]["name"], "web");
}

#[tokio::test]
async fn what_locals_give_does_not_widen_a_symbol() {
    let text = r#"locals {
  name  = "web"
  ports = [{ containerPort = 80 }]
}

resource "aws_ecs_task_definition" "web" {
  family = local.name
  container_definitions = jsonencode([
    { name = local.name, image = "nginx:1", memory = 128, portMappings = local.ports },
  ])
}
"#;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("main.tf");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, text).await;
    let params = json!({ "textDocument": { "uri": uri(&path) } });
    let answer = editor.request("textDocument/documentSymbol", params).await;
    let task = &answer["result"][0];
    let lines = |symbol: &Value| ["start", "end"].map(|end| symbol["range"][end]["line"].as_i64().unwrap());
    assert_eq!(lines(task)[0], 5, "{task}");
    assert_eq!(lines(&task["children"][0]), [8, 8], "{task}");
}
