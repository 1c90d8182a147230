//! What an editor shows beside the text: outline, links, hints and hover.

use std::fs;

use serde_json::{Value, json};

use super::editor::{Editor, place, uri};

const TASK: &str = r#"{
  "family": "shop",
  "networkMode": "awsvpc",
  "requiresCompatibilities": ["FARGATE"],
  "cpu": "256",
  "memory": "1024",
  "containerDefinitions": [
    {
      "name": "web", "image": "nginx:1",
      "portMappings": [{ "containerPort": 80, "name": "http" }]
    },
    { "name": "proxy", "image": "envoy:1" },
  ]
}
"#;

const TERRAFORM: &str = r#"
variable "image" {}

locals {
  cpu = 512
}

resource "aws_ecs_task_definition" "shop" {
  family                = "shop"
  cpu                   = local.cpu
  memory                = 1024
  network_mode          = "awsvpc"
  container_definitions = templatefile("${path.module}/shop.json", { image = var.image })
}

module "more" {
  source = "./more"
}
"#;

#[tokio::test]
async fn an_outline_goes_from_the_task_to_its_ports() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, TASK).await;
    let params = json!({ "textDocument": { "uri": uri(&path) } });
    let answer = editor.request("textDocument/documentSymbol", params).await;
    let task = &answer["result"][0];
    assert_eq!(
        (&task["name"], &task["detail"]),
        (&json!("shop"), &json!("task definition, 0.25 vCPU, 1 GiB"))
    );
    assert_eq!(task["range"]["end"]["line"], 13);
    let web = &task["children"][0];
    assert_eq!((&web["name"], &web["detail"]), (&json!("web"), &json!("nginx:1")));
    assert_eq!(web["selectionRange"]["start"], place(TASK, "\"name\": |\"web\""));
    assert_eq!(web["children"][0]["name"], "http 80");
    assert_eq!(task["children"][1]["name"], "proxy");
    let answer = editor.request("workspace/symbol", json!({ "query": "PRX" })).await;
    let found = &answer["result"][0];
    assert_eq!((&found["name"], &found["containerName"]), (&json!("proxy"), &json!("shop")));
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
    let shown = hover(&mut editor, &json, json!({ "line": 0, "character": 33 })).await;
    let text = shown["contents"]["value"].as_str().unwrap();
    assert!(text.contains("`var.image` is not known"), "{text}");
}

#[tokio::test]
async fn sizes_are_said_in_the_units_people_think_in() {
    let directory = tempfile::tempdir().unwrap();
    let (path, terraform) = (directory.path().join("task.json"), directory.path().join("main.tf"));
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, TASK).await;
    editor.open(&terraform, TERRAFORM).await;
    let all = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let params = json!({ "textDocument": { "uri": uri(&path) }, "range": all });
    let answer = editor.request("textDocument/inlayHint", params).await;
    let hints = answer["result"].as_array().unwrap();
    assert_eq!(hints.len(), 2);
    assert_eq!((&hints[0]["label"], &hints[1]["label"]), (&json!("0.25 vCPU"), &json!("1 GiB")));
    assert_eq!(hints[1]["position"], place(TASK, "\"1024\"|,"));
    assert_eq!(hints[1]["tooltip"], "Fargate sells this with 512, 1024 or 2048 MiB");
    let params = json!({ "textDocument": { "uri": uri(&terraform) }, "range": all });
    let answer = editor.request("textDocument/inlayHint", params).await;
    let hint = &answer["result"][0];
    assert_eq!(
        (&hint["label"], &hint["position"]),
        (&json!("0.5 vCPU"), &place(TERRAFORM, "= local.cpu|\n"))
    );
}

async fn hover(editor: &mut Editor, path: &std::path::Path, at: Value) -> Value {
    let params = json!({ "textDocument": { "uri": uri(path) }, "position": at });
    editor.request("textDocument/hover", params).await["result"].clone()
}

#[tokio::test]
async fn hover_tells_the_rule_and_the_value() {
    let directory = tempfile::tempdir().unwrap();
    let (path, terraform) = (directory.path().join("task.json"), directory.path().join("main.tf"));
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, TASK).await;
    let shown = hover(&mut editor, &path, place(TASK, "\"envoy:1\" }|,")).await;
    assert!(shown["contents"]["value"].as_str().unwrap().starts_with("# "));
    assert_eq!(hover(&mut editor, &path, place(TASK, "\"sh|op\"")).await, Value::Null);
    let shown = hover(&mut editor, &path, place(TASK, "\"network|Mode\"")).await;
    let text = shown["contents"]["value"].as_str().unwrap();
    assert!(text.starts_with("**networkMode**: ") && text.contains("One of `bridge`"), "{text}");
    let text = TERRAFORM.replace(
        "templatefile(\"${path.module}/shop.json\", { image = var.image })",
        "jsonencode([{ name = \"web\", image = var.image }])",
    );
    editor.open(&terraform, &text).await;
    let shown = hover(&mut editor, &terraform, place(&text, "local.c|pu\n")).await;
    assert_eq!(shown["contents"]["value"], "```json\n512\n```\n\nwritten in main.tf:5");
    assert_eq!(shown["range"]["start"], place(&text, "|local.cpu\n"));
    let shown = hover(&mut editor, &terraform, place(&text, "var.im|age")).await;
    assert!(shown["contents"]["value"].as_str().unwrap().starts_with("`var.image` is not known"), "{shown}");
    assert_eq!(hover(&mut editor, &terraform, place(&text, "\"aws|vpc\"")).await, Value::Null);
}

#[tokio::test]
async fn hover_tells_which_rules_wait_for_a_value_that_somebody_can_give() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("main.tf");
    let text = r#"
variable "wanted" {}
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "a", memory = 128 }])
}
resource "aws_ecs_service" "web" {
  name            = "web"
  desired_count   = var.wanted
  task_definition = aws_ecs_task_definition.web.arn
}
"#;
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, text).await;
    let shown = hover(&mut editor, &path, place(text, "var.wan|ted")).await;
    let shown = shown["contents"]["value"].as_str().unwrap();
    let wanted = "`var.wanted` is not known before it is applied. Not decided because of it: ";
    assert!(shown.starts_with(wanted), "{shown}");
    let shown = hover(&mut editor, &path, place(text, "definition.web.a|rn")).await;
    let shown = shown["contents"]["value"].as_str().unwrap();
    let wanted = "`aws_ecs_task_definition.web.arn` is not known before it is applied.";
    assert_eq!(shown.split("\n\n").next().unwrap(), wanted, "{shown}");
}

#[tokio::test]
async fn what_is_undecided_stands_above_its_resource() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("main.tf");
    let text = "variable \"size\" {}\nresource \"aws_ecs_task_definition\" \"web\" {\n  family = \"web\"\n  \
                cpu = var.size\n  requires_compatibilities = [\"FARGATE\"]\n  container_definitions = jsonencode([])\n}\n";
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, text).await;
    let document = json!({ "textDocument": { "uri": uri(&path) } });
    let answer = editor.request("textDocument/codeLens", document).await;
    let lens = &answer["result"][0];
    assert_eq!(lens["range"]["start"]["line"], 1, "{answer}");
    let title = lens["command"]["title"].as_str().unwrap();
    assert!(title.ends_with(" checks undecided: var.size"), "{title}");
}
