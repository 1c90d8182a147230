//! Hover texts.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use snapbox::str;

use super::editor::{Editor, place, uri};
use super::shop::{TASK, TERRAFORM};
use crate::program::assert_output;

/// The hover at a position.
async fn hover(editor: &mut Editor, path: &Path, at: Value) -> Value {
    let params = json!({ "textDocument": { "uri": uri(path) }, "position": at });
    editor.request("textDocument/hover", params).await["result"].clone()
}

/// The text of a hover.
fn text(shown: &Value) -> &str {
    shown["contents"]["value"].as_str().unwrap()
}

/// The first sentence, before the undecided rules.
fn first_sentence(shown: &Value) -> &str {
    text(shown).split(". ").next().unwrap()
}

#[tokio::test]
async fn hover_tells_the_rule_and_the_value() {
    let directory = tempfile::tempdir().unwrap();
    let (path, terraform) = (directory.path().join("task.json"), directory.path().join("main.tf"));
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, TASK).await;
    let shown = hover(&mut editor, &path, place(TASK, "\"envoy:1\" }|,")).await;
    assert_output(
        text(&shown),
        str![[r#"
AWS, the AWS CLI, and Terraform reject the whole file if it contains a syntax error.

[syntax](https://github.com/ecslint/ecslint/blob/main/rules/syntax.md)
"#]],
    );
    let shown = hover(&mut editor, &path, place(TASK, "\"proxy|\"")).await;
    assert_output(
        text(&shown),
        str![[r#"
On Fargate, the output of a container is lost unless a log driver sends it somewhere.

[no-logging](https://github.com/ecslint/ecslint/blob/main/rules/no-logging.md)
"#]],
    );
    assert_eq!(hover(&mut editor, &path, place(TASK, "\"sh|op\"")).await, Value::Null);
    let shown = hover(&mut editor, &path, place(TASK, "\"network|Mode\"")).await;
    assert_output(
        text(&shown),
        str![[r#"
**networkMode**: Docker network mode of the containers (default: `bridge`); Fargate requires `awsvpc`

Valid values: `bridge`, `host`, `awsvpc`, `none`.
"#]],
    );
    let main = TERRAFORM.replace(
        "templatefile(\"${path.module}/shop.json\", { image = var.image })",
        "jsonencode([{ name = \"web\", image = var.image }])",
    );
    editor.open(&terraform, &main).await;
    let shown = hover(&mut editor, &terraform, place(&main, "local.c|pu\n")).await;
    assert_output(
        text(&shown),
        str![[r#"
```json
512
```

defined in main.tf:5
"#]],
    );
    assert_eq!(shown["range"]["start"], place(&main, "|local.cpu\n"));
    let shown = hover(&mut editor, &terraform, place(&main, "var.im|age")).await;
    assert_output(first_sentence(&shown), str!["`var.image` is unknown before apply"]);
    assert_eq!(hover(&mut editor, &terraform, place(&main, "\"aws|vpc\"")).await, Value::Null);
}

#[tokio::test]
async fn hover_quotes_what_aws_answers() {
    let text = r#"{ "family": "web", "containerDefinitions": [{ "name": "web", "image": "nginx:1", "memory": 128,
        "mountPoints": [{ "sourceVolume": "files", "containerPath": "/files" }] }] }"#;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, text).await;
    let shown = hover(&mut editor, &path, place(text, "\"fil|es\"")).await;
    assert_output(
        self::text(&shown),
        str![[r#"
> Unknown volume 'data'.

[unknown-volume](https://github.com/ecslint/ecslint/blob/main/rules/unknown-volume.md)
"#]],
    );
}

#[tokio::test]
async fn hover_in_a_template_tells_what_is_not_known() {
    let directory = tempfile::tempdir().unwrap();
    let (path, json) = (directory.path().join("main.tf"), directory.path().join("shop.json"));
    fs::write(&json, r#"[{ "name": "web", "image": "${image}", "memory": 128 }]"#).unwrap();
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, TERRAFORM).await;
    let shown = hover(&mut editor, &json, json!({ "line": 0, "character": 33 })).await;
    assert_output(first_sentence(&shown), str!["`${var.image}`: `var.image` is unknown before apply"]);
}

#[tokio::test]
async fn hover_tells_which_rules_wait_for_a_value_that_somebody_can_give() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("main.tf");
    let main = r#"
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
    editor.open(&path, main).await;
    let shown = hover(&mut editor, &path, place(main, "var.wan|ted")).await;
    let (sentence, rules) = text(&shown).split_once(": ").unwrap();
    assert!(!rules.is_empty());
    assert_output(sentence, str!["`var.wanted` is unknown before apply. Undecided rules"]);
    let shown = hover(&mut editor, &path, place(main, "definition.web.a|rn")).await;
    assert_output(
        text(&shown).split("\n\n").next().unwrap(),
        str!["`aws_ecs_task_definition.web.arn` is unknown before apply."],
    );
}
