//! Inlay hints with sizes.

use serde_json::{Value, json};
use snapbox::str;

use super::editor::{Editor, place, uri};
use super::shop::{TASK, TERRAFORM};
use crate::program::assert_output;

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
    let shown = hints.iter().map(|hint| format!("{} ({})\n", hint["label"], hint["tooltip"]));
    assert_output(
        shown.collect::<String>(),
        str![[r#"
"0.25 vCPU" ("Valid Fargate memory for this CPU value: 512, 1024, or 2048 MiB")
"1 GiB" ("Valid Fargate memory for this CPU value: 512, 1024, or 2048 MiB")

"#]],
    );
    assert_eq!(hints[1]["position"], place(TASK, "\"1024\"|,"));
    let params = json!({ "textDocument": { "uri": uri(&terraform) }, "range": all });
    let answer = editor.request("textDocument/inlayHint", params).await;
    let hint = &answer["result"][0];
    assert_output(hint["label"].as_str().unwrap(), str!["0.5 vCPU"]);
    assert_eq!(hint["position"], place(TERRAFORM, "= local.cpu|\n"));
}
