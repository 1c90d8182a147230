//! Findings in one file that depend on another: the server, which checks only what has changed, reports all of them.

use std::collections::BTreeMap;
use std::fs;

use serde_json::json;

use super::editor::Editor;
use super::equal::{assert_told, expected, told};

const TASK: &str =
    r#"{ "family": "web", "containerDefinitions": [{ "name": "app", "image": "nginx:1", "memory": 128 }] }"#;
const SERVICE: &str = r#"{ "serviceName": "web", "taskDefinition": "wbe", "desiredCount": 1, "cluster": "mian",
  "loadBalancers": [{ "targetGroupArn": "arn:one", "containerName": "app", "containerPort": 80 }] }"#;
const CLUSTERS: &str =
    r#"{ "clusters": [{ "clusterArn": "arn:aws:ecs:x:1:cluster/main", "clusterName": "main" }] }"#;
const GROUPS: &str = r#"{ "TargetGroups": [{ "TargetGroupArn": "arn:one", "TargetType": "instance", "LoadBalancerArns": [] }] }"#;
const ROOT: &str = r#"resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = file("${path.module}/containers.json")
}
"#;

const NETWORK: &str = r#"terraform {
  backend "s3" {
    bucket = "states"
    key    = "network"
  }
}
resource "aws_lb_target_group" "web" {
  name        = "web"
  target_type = "instance"
}
output "group" {
  value = aws_lb_target_group.web.arn
}
"#;

const APP: &str = r#"data "terraform_remote_state" "network" {
  backend = "s3"
  config  = { bucket = "states", key = "network" }
}
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  network_mode          = "awsvpc"
  container_definitions = jsonencode([{ name = "web", image = "nginx:1", memory = 128, portMappings = [{ containerPort = 80 }] }])
}
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn
  load_balancer {
    target_group_arn = data.terraform_remote_state.network.outputs.group
    container_name   = "web"
    container_port   = 80
  }
}
"#;

/// The edits: the file, the old text, and the new text.
const EDITS: &[(&str, &str, &str)] = &[
    ("near/service.json", "\"desiredCount\": 1", "\"desiredCount\": 2"),
    ("far/task.json", "\"web\"", "\"wbe\""),
    ("far/task.json", "\"app\"", "\"appp\""),
    ("far/task.json", "\"wbe\"", "\"other\""),
    ("far/task.json", "\"family\": \"other\", ", ""),
    ("near/service.json", "\"wbe\"", "\"other\""),
    ("answers/clusters.json", "\"main\"", "\"mian\""),
    ("answers/clusters.json", "{ \"clusters\"", "  { \"clusters\""),
    ("answers/clusters.json", "\"mian\"", "\"main\""),
    ("answers/groups.json", "\"instance\"", "\"ip\""),
    ("answers/groups.json", "arn:one", "arn:two"),
    ("near/service.json", "arn:one", "arn:two"),
    ("root/containers.json", "128", "1"),
    ("root/main.tf", "containers.json", "../far/task.json"),
    ("root/main.tf", "../far/task.json", "containers.json"),
    ("root/containers.json", "app", "a b"),
    ("network/main.tf", "\"instance\"", "\"ip\""),
    ("network/main.tf", "\"ip\"", "\"instance\""),
    ("network/main.tf", "\"network\"", "\"other\""),
    ("app/main.tf", "\"network\" }", "\"other\" }"),
    ("network/main.tf", "output \"group\"", "output \"groups\""),
    ("app/main.tf", "outputs.group\n", "outputs.groups\n"),
    ("answers/groups.json", "arn:two", "arn:one"),
];

#[tokio::test]
async fn what_is_found_because_of_files_far_off_is_told_after_each_edit() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().canonicalize().unwrap();
    let containers = r#"[{ "name": "app", "image": "nginx:1", "memory": 128 }]"#;
    let files = [
        ("far/task.json", TASK),
        ("near/service.json", SERVICE),
        ("answers/clusters.json", CLUSTERS),
        ("answers/groups.json", GROUPS),
        ("root/main.tf", ROOT),
        ("root/containers.json", containers),
        ("network/main.tf", NETWORK),
        ("app/main.tf", APP),
    ];
    let mut texts = BTreeMap::new();
    for (name, text) in files {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        texts.insert(path, text.to_owned());
    }
    let able = json!({ "textDocument": { "diagnostic": {} } });
    let (mut editor, _) = Editor::able(Some(&root), able).await;
    for (path, text) in &texts {
        editor.open(path, text).await;
    }
    let mut rules = std::collections::BTreeSet::new();
    for (index, (name, old, new)) in EDITS.iter().enumerate() {
        let text = texts.get_mut(&root.join(name)).unwrap();
        assert!(text.contains(old), "{name} has no {old}");
        *text = text.replacen(old, new, 1);
        editor.edit(&root.join(name), index + 2, json!([{ "text": text }])).await;
        let expected = expected(&root, &texts);
        assert_told(&told(&mut editor).await, &expected, &format!("after {name}: {old} to {new}"));
        rules
            .extend(expected.into_values().flatten().map(|found| found["rule"].as_str().unwrap().to_owned()));
    }
    for rule in [
        "target-type-mismatch",
        "unknown-task-definition",
        "unknown-cluster",
        "load-balancer-unknown-container",
    ] {
        assert!(rules.contains(rule), "{rule} was never found, only {rules:?}");
    }
}
