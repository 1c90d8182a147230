//! Incomplete files: findings in the rest of the project stay, and completion works.

use std::fs;

use serde_json::{Value, json};

use super::editor::{Editor, place, uri};

const TASK: &str = r#"{
  "family": "shop",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:1",
      "memory": 128,
      "portMappings": [{ "containerPort": 80, "hostPort": 80 }],
      "dependsOn": [{ "containerName": "log", "condition": "START" }]
    },
    { "name": "log", "image": "fluent:1", "memory": 128 }
  ]
}
"#;

const SERVICE: &str = r#"{
  "serviceName": "shop",
  "taskDefinition": "shop",
  "desiredCount": 1,
  "cluster": "main",
  "healthCheckGracePeriodSeconds": 9,
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } },
  "loadBalancers": [{ "targetGroupArn": "arn:x", "containerName": "log", "containerPort": 80 }]
}
"#;

/// The rules of the findings in a file.
async fn rules(editor: &mut Editor, path: &std::path::Path) -> Vec<Value> {
    let params = json!({ "textDocument": { "uri": uri(path) } });
    let answer = editor.request("textDocument/diagnostic", params).await;
    let items = answer["result"]["items"].as_array().unwrap().iter();
    items.map(|item| item["code"].clone()).collect()
}

#[tokio::test]
async fn what_is_half_typed_is_a_mistake_in_writing_and_nothing_else() {
    let directory = tempfile::tempdir().unwrap();
    let (task, service) = (directory.path().join("task.json"), directory.path().join("service.json"));
    fs::write(&service, SERVICE).unwrap();
    let able = json!({ "textDocument": { "diagnostic": {} } });
    let (mut editor, _) = Editor::able(Some(directory.path()), able).await;
    editor.open(&task, TASK).await;
    assert_eq!(rules(&mut editor, &task).await, Vec::<Value>::new());
    let wrong = rules(&mut editor, &service).await;
    assert_eq!(wrong, ["load-balancer-unknown-port"]);
    let broken = [
        "      \"por|",
        "      \"portMappings|",
        "      \"portMappings\"|",
        "      \"portMappings\":|",
        "      \"portMappings\": [|",
        "      \"portMappings\": [{ \"con|",
        "      \"portMappings\": [{ \"containerPort\":|",
        "      \"dependsOn\": [{ \"containerName\": \"l|",
        "    { \"na|",
        "    { \"name\": \"l|",
    ];
    for (index, typed) in broken.iter().enumerate() {
        let typed = typed.trim_end_matches('|');
        let (before, after) = TASK.split_once(typed).unwrap();
        let rest = after.split_once('\n').unwrap().1;
        let text = format!("{before}{typed}\n{rest}");
        editor.edit(&task, index + 2, json!([{ "text": text }])).await;
        let mut found = rules(&mut editor, &task).await;
        found.dedup();
        assert_eq!(found, ["syntax"], "{text}");
        for rule in rules(&mut editor, &service).await {
            assert!(wrong.contains(&rule), "{rule} after {typed}");
        }
    }
}

#[tokio::test]
async fn names_of_the_rest_are_offered_where_nothing_is_closed_yet() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, TASK).await;
    for (version, (line, typed, offered)) in [
        ("      \"dependsOn\"", "      \"dependsOn\": [{ \"containerName\": \"|", "log"),
        ("      \"dependsOn\"", "      \"dependsOn\": [{ \"condition\": \"ST|", "START"),
        ("      \"dependsOn\"", "      \"dep|", "dependsOn"),
        ("      \"image\"", "      \"|", "image"),
        ("      \"image\"", "      |", "image"),
        ("  \"family\"", "  \"network|", "networkMode"),
    ]
    .into_iter()
    .enumerate()
    {
        let (before, after) = TASK.split_once(line).unwrap();
        let rest = after.split_once('\n').unwrap().1;
        let text = format!("{before}{}\n{rest}", typed.replace('|', ""));
        editor.edit(&path, version + 2, json!([{ "text": text }])).await;
        let at = place(&text, &format!("{typed}\n"));
        let params = json!({ "textDocument": { "uri": uri(&path) }, "position": at });
        let answer = editor.request("textDocument/completion", params).await;
        let items = answer["result"].as_array().cloned().unwrap_or_default();
        assert!(items.iter().any(|item| item["label"] == offered), "{typed}: {answer}");
    }
}
