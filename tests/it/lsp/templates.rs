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

const SHOP: &str = "Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: shop
      Volumes:
        - Name: data
      ContainerDefinitions:
        - Name: web
          Image: nginx:1
          Memory: 128
          MountPoints:
            - { SourceVolume: data, ContainerPath: /data }
        - Name: proxy
          Image: envoy:1
          Memory: 128
          DependsOn: [{ ContainerName: web, Condition: START }]
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers:
        - { ContainerName: web, ContainerPort: 80, TargetGroupArn: arn:x }
";

#[tokio::test]
async fn names_in_a_template_are_found_and_renamed() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("stack.yaml");
    std::fs::write(&path, SHOP).unwrap();
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, SHOP).await;
    let at = |piece: &str, more: Value| {
        let mut params = json!({ "textDocument": { "uri": uri(&path) }, "position": place(SHOP, piece) });
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        params
    };
    let all = json!({ "context": { "includeDeclaration": true } });
    let lines = |answer: &Value| -> Vec<i64> {
        let places = answer["result"].as_array().unwrap().iter();
        let mut lines: Vec<i64> =
            places.map(|place| place["range"]["start"]["line"].as_i64().unwrap()).collect();
        lines.sort_unstable();
        lines
    };
    let found = editor.request("textDocument/references", at("- Name: w|eb", all.clone())).await;
    assert_eq!(lines(&found), [8, 16, 22], "{found}");
    let found = editor.request("textDocument/references", at("- Name: da|ta", all)).await;
    assert_eq!(lines(&found), [6, 12], "{found}");
    let renamed =
        editor.request("textDocument/rename", at("- Name: w|eb", json!({ "newName": "site" }))).await;
    let edits = renamed["result"]["changes"][uri(&path)].as_array().unwrap();
    assert_eq!(edits.len(), 3, "{renamed}");
    assert!(edits.iter().all(|edit| edit["newText"] == "site"), "{renamed}");
}

#[tokio::test]
async fn names_values_and_properties_are_completed_in_a_template() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("stack.yaml");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    let labels = |answer: &Value| -> Vec<String> {
        let result = &answer["result"];
        result
            .as_array()
            .into_iter()
            .flatten()
            .map(|item| item["label"].as_str().unwrap().to_owned())
            .collect()
    };
    for (index, (old, new, piece, label)) in [
        (
            "ContainerName: web, Condition",
            "ContainerName: w, Condition",
            "ContainerName: w|, Condition",
            "web",
        ),
        ("SourceVolume: data", "SourceVolume: d", "SourceVolume: d|", "data"),
        ("      Family: shop\n", "      Family: shop\n      NetworkMode: a\n", "NetworkMode: a|", "awsvpc"),
        ("      Family: shop\n", "      Family: shop\n      Net\n", "      Net|", "NetworkMode"),
        ("        - Name: proxy\n", "        - Ess\n          Name: proxy\n", "- Ess|", "Essential"),
    ]
    .into_iter()
    .enumerate()
    {
        let text = SHOP.replacen(old, new, 1);
        if index == 0 {
            editor.open(&path, &text).await;
        } else {
            editor.edit(&path, index + 1, json!([{ "text": text }])).await;
        }
        let params = json!({ "textDocument": { "uri": uri(&path) }, "position": place(&text, piece) });
        let answer = editor.request("textDocument/completion", params).await;
        assert!(labels(&answer).contains(&label.to_owned()), "{piece}: {:?}", labels(&answer));
    }
}

const NAMES: &str = "Parameters:
  Port: { Type: Number, Default: 80 }
Conditions:
  IsProd: !Equals [!Ref Port, \"443\"]
Mappings:
  Sizes: { small: { Cpu: 256 } }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Condition: IsProd
    Properties:
      Family: !Sub \"web-${Port}\"
      Cpu: !FindInMap [Sizes, small, Cpu]
      ContainerDefinitions: [{ Name: web, Image: nginx, Memory: !If [IsProd, 256, 128] }]
  Service:
    Type: AWS::ECS::Service
    DependsOn: Task
    Properties:
      TaskDefinition: !Ref Task
      ServiceName: !GetAtt Task.TaskDefinitionArn
      Cluster: !Sub \"${AWS::Region}-${Task.TaskDefinitionArn}\"
      Role: !Ref AWS::StackName
      DesiredCount: !Ref 
";

/// The same template in JSON.
const NAMES_JSON: &str = "{
  \"Parameters\": { \"Port\": { \"Type\": \"Number\" } },
  \"Resources\": {
    \"Task\": { \"Type\": \"AWS::ECS::TaskDefinition\", \"Properties\": { \"Family\": { \"Ref\": \"Port\" } } },
    \"Service\": { \"Type\": \"AWS::ECS::Service\", \"DependsOn\": [\"Task\"], \"Properties\": { \"TaskDefinition\": { \"Ref\": \"Task\" } } }
  }
}
";

#[tokio::test]
async fn names_of_a_template_are_followed_and_renamed() {
    let directory = tempfile::tempdir().unwrap();
    let (yaml, json) = (directory.path().join("stack.yaml"), directory.path().join("stack.json"));
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&yaml, NAMES).await;
    editor.open(&json, NAMES_JSON).await;
    let at = |piece: &str| json!({ "textDocument": { "uri": uri(&yaml) }, "position": place(NAMES, piece) });
    for (piece, line) in [
        ("web-${Po|rt}", 1),
        ("!Equals [!Ref P|ort", 1),
        ("Condition: Is|Prod", 3),
        ("!If [IsP|rod", 3),
        ("!FindInMap [Si|zes", 5),
        ("DependsOn: Ta|sk", 7),
        ("!GetAtt T|ask", 7),
    ] {
        let found = editor.request("textDocument/definition", at(piece)).await;
        assert_eq!(found["result"][0]["range"]["start"]["line"], line, "{piece}: {found}");
    }
    let mut params = at("!Ref T|ask");
    params["context"] = json!({ "includeDeclaration": true });
    let uses = editor.request("textDocument/references", params).await;
    assert_eq!(uses["result"].as_array().map(Vec::len), Some(5), "{uses}");
    let hover = editor.request("textDocument/hover", at("web-${Po|rt}")).await;
    let text = hover["result"]["contents"]["value"].as_str().unwrap_or_default();
    assert!(text.starts_with("`Port`: parameter of type `Number`"), "{text}");
    for (piece, said) in [
        ("!Ref AWS::St|ackName", "`AWS::StackName`: the name of the stack"),
        ("${AWS::Re|gion}", "`AWS::Region`: the Region of the stack"),
        ("Task.TaskDef|initionArn}", "`${Task.TaskDefinitionArn}` are unknown before the stack is created"),
    ] {
        let hover = editor.request("textDocument/hover", at(piece)).await;
        let text = hover["result"]["contents"]["value"].as_str().unwrap_or_default();
        assert!(text.contains(said), "{piece}: {hover}");
    }
    for piece in ["!Ref AWS::St|ackName", "${AWS::Re|gion}"] {
        let mut params = at(piece);
        let prepared = editor.request("textDocument/prepareRename", params.clone()).await;
        params["newName"] = json!("Other");
        let refused = editor.request("textDocument/rename", params).await;
        for answer in [prepared, refused] {
            assert!(answer.to_string().contains("is not declared in this file"), "{piece}: {answer}");
        }
    }
    let offered = editor.request("textDocument/completion", at("DesiredCount: !Ref |")).await;
    assert!(offered.to_string().contains("\"label\":\"Port\""), "{offered}");

    let in_json =
        |piece: &str| json!({ "textDocument": { "uri": uri(&json) }, "position": place(NAMES_JSON, piece) });
    let mut params = in_json("\"Ta|sk\": {");
    params["newName"] = json!("Definition");
    let renamed = editor.request("textDocument/rename", params).await;
    assert_eq!(renamed.to_string().matches("\"newText\":\"Definition\"").count(), 3, "{renamed}");
    let mut params = in_json("\"Ta|sk\": {");
    params["newName"] = json!("my-task");
    let refused = editor.request("textDocument/rename", params).await;
    assert!(refused.to_string().contains("must consist of letters and digits"), "{refused}");
}
