//! Findings in one file that depend on another: the server, which checks only what has changed, reports all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::json;

use super::editor::{Editor, uri};
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

/// Opens the files that an editor checks, edits these and the others on disk, and compares the findings with those of the command line after each edit. Returns the rules
/// that were found.
async fn told_after_each_edit(files: &[(&str, &str)], edits: &[(&str, &str, &str)]) -> BTreeSet<String> {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().canonicalize().unwrap();
    let mut texts = BTreeMap::new();
    for (name, text) in files.iter().copied() {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        texts.insert(path, text.to_owned());
    }
    let able = json!({ "textDocument": { "diagnostic": {} } });
    let (mut editor, _) = Editor::able(Some(&root), able).await;
    let is_open = |name: &str| {
        let is_walked = [".json", ".yaml", ".tf"].iter().any(|extension| name.ends_with(extension));
        is_walked && !name.starts_with("cdk.out")
    };
    for (name, text) in files.iter().filter(|(name, _)| is_open(name)) {
        editor.open(&root.join(name), text).await;
    }
    let mut rules = BTreeSet::new();
    for (index, (name, old, new)) in edits.iter().enumerate() {
        let text = texts.get_mut(&root.join(name)).unwrap();
        assert!(text.contains(old), "{name} has no {old}");
        *text = text.replacen(old, new, 1);
        let path = root.join(name);
        if is_open(name) {
            editor.edit(&path, index + 2, json!([{ "text": text }])).await;
        } else {
            fs::write(&path, text).unwrap();
            let changes = json!([{ "uri": uri(&path), "type": 2 }]);
            editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes })).await;
        }
        let expected = expected(&root, &texts);
        assert_told(&told(&mut editor).await, &expected, &format!("after {name}: {old} to {new}"));
        rules
            .extend(expected.into_values().flatten().map(|found| found["rule"].as_str().unwrap().to_owned()));
    }
    rules
}

#[tokio::test]
async fn what_is_found_because_of_files_far_off_is_told_after_each_edit() {
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
    let rules = told_after_each_edit(&files, EDITS).await;
    for rule in [
        "target-type-mismatch",
        "unknown-task-definition",
        "unknown-cluster",
        "load-balancer-unknown-container",
    ] {
        assert!(rules.contains(rule), "{rule} was never found, only {rules:?}");
    }
}

const CHILD: &str = r#"Parameters:
  Cpu: { Type: Number }
  Group: { Type: String }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      Cpu: !Ref Cpu
      Memory: 2048
      ContainerDefinitions:
        - { Name: web, Image: "nginx:1", PortMappings: [{ ContainerPort: 80 }] }
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers: [{ ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Group }]
"#;

const PARENT: &str = r#"Parameters:
  Cpu: { Type: Number }
Resources:
  Web:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./web.yaml
      Parameters:
        Cpu: !Ref Cpu
        Group: !ImportValue web-group
"#;

const GROUP: &str = r#"Resources:
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: { Port: 80, Protocol: HTTP, VpcId: vpc-0123456789abcdef0, TargetType: ip }
Outputs:
  Group: { Value: !Ref Group, Export: { Name: web-group } }
"#;

const ASSEMBLY: &str = r#"{ "version": "55.0.0", "artifacts": { "Web": { "type": "aws:cloudformation:stack",
  "properties": { "templateFile": "Web.template.json" },
  "metadata": { "/Web/Task/Resource": [
    { "type": "aws:cdk:logicalId", "data": "Task1" },
    { "type": "aws:cdk:creationStack", "data": ["<anonymous> (/build/lib/app.ts:2:12)"] }
  ] } } } }"#;

const SYNTHESIZED: &str = r#"{ "Resources": { "Task1": { "Type": "AWS::ECS::TaskDefinition", "Properties": {
  "Family": "cdk", "RequiresCompatibilities": ["FARGATE"], "Cpu": "256", "Memory": "4096" } } } }"#;

const APP_SOURCE: &str = "const x = 1;
const task=new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 4096 });
";

/// Edits of files that templates depend on: their sources, manifests, nested templates, exports, and values.
const TEMPLATE_EDITS: &[(&str, &str, &str)] = &[
    ("lib/app.ts", "const x = 1;\n", "const x = 1; // one\n"),
    ("lib/app.ts", "const x", "// The stack.\nconst x"),
    ("cdk.out/manifest.json", "app.ts:2:12", "app.ts:3:12"),
    ("lib/app.ts", "task=new", "web=new"),
    ("cdk.out/manifest.json", "/Web/Task/Resource", "/Web/Api/Resource"),
    ("cdk.out/Web.template.json", "4096", "8192"),
    ("cdk.out/manifest.json", "{ \"version\"", "{{ \"version\""),
    ("cdk.out/manifest.json", "{{ \"version\"", "{ \"version\""),
    ("web.yaml", "Memory: 2048", "Memory: 4096"),
    ("web.yaml", "Resources:\n", "Resource:\n"),
    ("web.yaml", "Resource:\n", "Resources:\n"),
    ("values.json", "512", "256"),
    ("values.json", "256", "1024"),
    ("samconfig.toml", "512", "256"),
    ("samconfig.toml", "parent.yaml", "other.yaml"),
    ("deploy.sh", "Cpu=512", "Cpu=2048"),
    ("deploy.sh", "parent.yaml", "other.yaml"),
    ("group.yaml", "TargetType: ip", "TargetType: instance"),
    ("group.yaml", "Outputs:", "# The group.\nOutputs:"),
    ("group.yaml", "web-group", "other-group"),
    ("parent.yaml", "web-group", "other-group"),
    ("parent.yaml", "./web.yaml", "./group.yaml"),
    ("parent.yaml", "./group.yaml", "./web.yaml"),
];

#[tokio::test]
async fn what_templates_depend_on_is_told_after_each_edit() {
    let sam = "[dev.deploy.parameters]\ntemplate_file = \"parent.yaml\"\nparameter_overrides = \"Cpu=512\"\n";
    let script = "aws cloudformation deploy --template-file parent.yaml --parameter-overrides Cpu=512\n";
    let files = [
        (".git/HEAD", ""),
        ("cdk.json", "{}"),
        ("lib/app.ts", APP_SOURCE),
        ("cdk.out/manifest.json", ASSEMBLY),
        ("cdk.out/Web.template.json", SYNTHESIZED),
        ("parent.yaml", PARENT),
        ("web.yaml", CHILD),
        ("group.yaml", GROUP),
        ("values.json", r#"["Cpu=512"]"#),
        ("samconfig.toml", sam),
        ("deploy.sh", script),
    ];
    let rules = told_after_each_edit(&files, TEMPLATE_EDITS).await;
    for rule in ["fargate-cpu-memory", "target-type-mismatch"] {
        assert!(rules.contains(rule), "{rule} was never found, only {rules:?}");
    }
}
