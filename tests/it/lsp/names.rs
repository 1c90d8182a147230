//! Definition, references, and rename of names.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::editor::{Editor, edited, place, uri};

const TASK: &str = r#"{
  "family": "shop",
  "containerDefinitions": [
    {
      "name": "web", "image": "nginx:1", "memory": 128, "links": ["proxy:p"],
      "dependsOn": [{ "containerName": "proxy", "condition": "START" }],
      "mountPoints": [{ "sourceVolume": "data", "containerPath": "/data" }],
      "portMappings": [{ "containerPort": 80, "name": "http" }]
    },
    { "name": "proxy", "image": "envoy:1", "memory": 128, "volumesFrom": [{ "sourceContainer": "web" }] }
  ],
  "volumes": [{ "name": "data" }]
}
"#;

const SERVICE: &str = r#"{
  "serviceName": "shop",
  "taskDefinition": "shop:7",
  "desiredCount": 1,
  "loadBalancers": [{ "targetGroupArn": "arn:x", "containerName": "web", "containerPort": 80 }],
  "serviceConnectConfiguration": { "enabled": true, "services": [{ "portName": "http" }] }
}
"#;

const TERRAFORM: &str = r#"
resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  container_definitions = jsonencode([
    { name = "web", image = "nginx:1", memory = 128, mountPoints = [{ sourceVolume = "data" }] },
    { name = local.sidecar, image = "envoy:1", memory = 128 },
  ])
  volume {
    name = "data"
  }
}

locals {
  sidecar = "proxy"
}

resource "aws_ecs_service" "shop" {
  name            = "shop"
  task_definition = aws_ecs_task_definition.shop.arn
  load_balancer {
    target_group_arn = "arn:x"
    container_name   = "web"
    container_port   = 80
  }
}
"#;

fn at(path: &Path, text: &str, piece: &str) -> Value {
    json!({ "textDocument": { "uri": uri(path) }, "position": place(text, piece) })
}

/// The locations in a response: files, and lines counted from 1.
fn lines(answer: &Value) -> Vec<(String, u64)> {
    let places = answer["result"].as_array().unwrap().iter();
    let line = |place: &Value| {
        let name = place["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        (name, place["range"]["start"]["line"].as_u64().unwrap() + 1)
    };
    places.map(line).collect()
}

async fn rename(editor: &mut Editor, mut at: Value, name: &str) -> Value {
    at["newName"] = json!(name);
    editor.request("textDocument/rename", at).await
}

#[tokio::test]
async fn names_lead_from_the_service_to_the_task_and_back() {
    let directory = tempfile::tempdir().unwrap();
    let (task, service) = (directory.path().join("task.json"), directory.path().join("service.json"));
    fs::write(&task, TASK).unwrap();
    fs::write(&service, SERVICE).unwrap();
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    for (piece, line) in [
        ("\"containerName\": \"w|eb\"", 5),
        ("\"containerPort\": 8|0", 8),
        ("\"portName\": \"h|ttp\"", 8),
        ("\"sh|op:7\"", 2),
    ] {
        let answer = editor.request("textDocument/definition", at(&service, SERVICE, piece)).await;
        assert_eq!(lines(&answer), [("task.json".to_owned(), line)], "{piece}");
    }
    for (piece, line) in [("\"pro|xy:p\"", 10), ("\"sourceVolume\": \"d|ata\"", 12)] {
        let answer = editor.request("textDocument/definition", at(&task, TASK, piece)).await;
        assert_eq!(lines(&answer), [("task.json".to_owned(), line)], "{piece}");
    }
    let mut params = at(&task, TASK, "\"name\": \"w|eb\"");
    params["context"] = json!({ "includeDeclaration": false });
    let answer = editor.request("textDocument/references", params).await;
    let mut found = lines(&answer);
    found.sort();
    assert_eq!(found, [("service.json".to_owned(), 5), ("task.json".to_owned(), 10)]);
}

#[tokio::test]
async fn a_new_name_reaches_all_uses_and_nothing_else() {
    let directory = tempfile::tempdir().unwrap();
    let (task, service) = (directory.path().join("task.json"), directory.path().join("service.json"));
    fs::write(&task, TASK).unwrap();
    fs::write(&service, SERVICE).unwrap();
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    let answer = rename(&mut editor, at(&task, TASK, "\"name\": \"pro|xy\""), "envoy").await;
    let expected = TASK.replace("\"proxy\"", "\"envoy\"").replace("proxy:p", "envoy:p");
    assert_eq!(edited(TASK, &answer["result"], &task), expected);
    let answer = rename(&mut editor, at(&service, SERVICE, "\"sh|op:7\""), "store").await;
    assert_eq!(edited(SERVICE, &answer["result"], &service), SERVICE.replace("shop:7", "store:7"));
    assert_eq!(edited(TASK, &answer["result"], &task), TASK.replace("shop", "store"));
    let taken = rename(&mut editor, at(&task, TASK, "\"name\": \"pro|xy\""), "web").await;
    assert_eq!(taken["error"]["code"], -32803);
    let wrong = rename(&mut editor, at(&task, TASK, "\"name\": \"pro|xy\""), "a b").await;
    assert_eq!(wrong["error"]["code"], -32803);
}

#[tokio::test]
async fn terraform_has_the_same_names() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("main.tf");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, TERRAFORM).await;
    let answer =
        editor.request("textDocument/definition", at(&path, TERRAFORM, "container_name   = \"w|eb\"")).await;
    assert_eq!(lines(&answer), [("main.tf".to_owned(), 5)]);
    let answer = rename(&mut editor, at(&path, TERRAFORM, "name = \"w|eb\""), "front").await;
    assert_eq!(edited(TERRAFORM, &answer["result"], &path), TERRAFORM.replace("\"web\"", "\"front\""));
    let answer = rename(&mut editor, at(&path, TERRAFORM, "name = \"d|ata\""), "files").await;
    assert_eq!(edited(TERRAFORM, &answer["result"], &path), TERRAFORM.replace("\"data\"", "\"files\""));
    let shared = editor.request("textDocument/prepareRename", at(&path, TERRAFORM, "local.side|car")).await;
    let why = shared["error"]["message"].as_str().unwrap();
    assert_eq!(why, "the name is defined in main.tf:14, where it may have other uses; change it there");
}

#[tokio::test]
async fn a_place_without_a_name_leads_nowhere() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, TASK).await;
    let here = at(&path, TASK, "\"ima|ge\"");
    let answer = editor.request("textDocument/definition", here.clone()).await;
    assert_eq!(answer["result"], json!([]));
    let answer = editor.request("textDocument/prepareRename", here).await;
    assert_eq!(answer["result"], Value::Null);
}

#[tokio::test]
async fn json_behind_file_and_the_terraform_that_uses_it_share_their_names() {
    let directory = tempfile::tempdir().unwrap();
    let (path, json) = (directory.path().join("main.tf"), directory.path().join("shop.json"));
    let containers = r#"[
  { "name": "web", "image": "${image}", "memory": 128, "mountPoints": [{ "sourceVolume": "data" }] },
  { "name": "log", "image": "b", "memory": 128, "dependsOn": [{ "containerName": "web" }] }
]
"#;
    let start = TERRAFORM.find("jsonencode").unwrap();
    let end = TERRAFORM.find("  volume {").unwrap();
    for read in ["file(\"${path.module}/shop.json\")", "templatefile(\"shop.json\", { image = var.image })"] {
        let text = format!("{}{read}\n{}", &TERRAFORM[..start], &TERRAFORM[end..]);
        fs::write(&json, containers).unwrap();
        let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
        editor.open(&path, &text).await;
        let here = at(&path, &text, "= \"w|eb\"");
        let answer = editor.request("textDocument/definition", here.clone()).await;
        assert_eq!(lines(&answer), [("shop.json".to_owned(), 2)], "{read}");
        let mut asked = at(&json, containers, "\"name\": \"w|eb\"");
        asked["context"] = json!({ "includeDeclaration": true });
        let answer = editor.request("textDocument/references", asked).await;
        let mut found = lines(&answer);
        found.sort();
        let used = 1 + place(&text, "|\"web\"")["line"].as_u64().unwrap();
        let wanted = [("main.tf", used), ("shop.json", 2), ("shop.json", 3)]
            .map(|(name, line)| (name.to_owned(), line));
        assert_eq!(found, wanted, "{read}");
        for asked in [here, at(&json, containers, "\"containerName\": \"w|eb\"")] {
            let edit = rename(&mut editor, asked, "front").await["result"].clone();
            assert_eq!(edited(&text, &edit, &path), text.replace("\"web\"", "\"front\""), "{read}");
            assert_eq!(
                edited(containers, &edit, &json),
                containers.replace("\"web\"", "\"front\""),
                "{read}"
            );
        }
        let asked = at(&json, containers, "\"da|ta\"");
        let edit = rename(&mut editor, asked, "disk").await["result"].clone();
        assert_eq!(edited(&text, &edit, &path), text.replace("\"data\"", "\"disk\""), "{read}");
        assert_eq!(edited(containers, &edit, &json), containers.replace("\"data\"", "\"disk\""), "{read}");
    }
}
