//! CloudFormation templates in the editor.

use serde_json::{Value, json};

use super::editor::{Editor, has, place, uri};

const STACK: &str = "Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      NetworkMode: awsvpc
      ContainerDefinitions:
        - Name: web
          Image: nginx:1
          PortMappings:
            - { ContainerPort: 80, HostPort: 8080 }
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers:
        - ContainerName: web
          ContainerPort: 80
          TargetGroupArn: arn:x
";

#[tokio::test]
async fn a_template_is_checked_and_navigated() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("stack.yaml");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, STACK).await;
    editor.published(&path, has("awsvpc-port-mismatch")).await;
    let at = |piece: &str| json!({ "textDocument": { "uri": uri(&path) }, "position": place(STACK, piece) });
    let name = editor.request("textDocument/definition", at("- ContainerName: w|eb")).await;
    assert_eq!(name["result"][0]["range"]["start"]["line"], 7, "{name}");
    let hover = editor.request("textDocument/hover", at("Network|Mode: awsvpc")).await;
    let text = hover["result"]["contents"]["value"].as_str().unwrap_or_default().to_owned();
    assert!(text.contains("network"), "{hover}");
    let document = json!({ "textDocument": { "uri": uri(&path) } });
    let symbols = editor.request("textDocument/documentSymbol", document).await;
    assert!(symbols.to_string().contains("web"), "{symbols}");
}
