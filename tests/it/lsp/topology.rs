//! The code lens and the page with the picture.

use serde_json::{Value, json};

use super::editor::{Editor, uri};
use super::shop::TERRAFORM;

/// A client that can show the page.
fn capable() -> Value {
    json!({ "experimental": { "commands": { "commands": ["ecslint.showTopology"] } } })
}

#[tokio::test]
async fn the_lens_of_a_task_leads_to_its_page_which_follows_edits() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("main.tf");
    let (mut editor, _) = Editor::able(Some(directory.path()), capable()).await;
    editor.open(&path, TERRAFORM).await;
    let document = json!({ "textDocument": { "uri": uri(&path) } });
    let answer = editor.request("textDocument/codeLens", document).await;
    let [lens] = answer["result"].as_array().unwrap().as_slice() else { panic!("{answer}") };
    let command = &lens["command"];
    assert_eq!((&lens["range"]["start"]["line"], &command["title"]), (&json!(7), &json!("Show topology")));
    assert_eq!(command["command"], "ecslint.showTopology");
    let page = json!({ "command": "ecslint.graph", "arguments": command["arguments"] });
    let answer = editor.request("workspace/executeCommand", page.clone()).await;
    let found = &answer["result"];
    assert_eq!((&found["service"], found["base"].as_str()), (&json!(0), directory.path().to_str()));
    let html = found["html"].as_str().unwrap();
    assert!(
        html.contains("data-path=\"main.tf\" data-line=\"8\"") && html.contains("0.5 vCPU, 1 GiB"),
        "{html}"
    );
    let text = TERRAFORM.replace("cpu = 512", "cpu = 1024");
    editor.edit(&path, 2, json!([{ "text": text }])).await;
    let answer = editor.request("workspace/executeCommand", page).await;
    assert!(answer["result"]["html"].as_str().unwrap().contains("1 vCPU, 1 GiB"), "{answer}");
}

#[tokio::test]
async fn a_client_that_cannot_show_the_page_gets_no_lens() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("main.tf");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, TERRAFORM).await;
    let document = json!({ "textDocument": { "uri": uri(&path) } });
    let answer = editor.request("textDocument/codeLens", document).await;
    assert_eq!(answer["result"], Value::Null);
}
