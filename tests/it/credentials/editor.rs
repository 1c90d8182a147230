//! Credentials in the language server's messages.

use std::fs;

use serde_json::{Value, json};

use super::plant::Planted;
use crate::lsp::editor::{Editor, uri};

/// The requests for every position in a file.
const OF_A_PLACE: [&str; 6] = [
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/signatureHelp",
];

/// The requests for a file.
const OF_A_FILE: [&str; 5] = [
    "textDocument/documentSymbol",
    "textDocument/codeLens",
    "textDocument/documentLink",
    "textDocument/foldingRange",
    "textDocument/diagnostic",
];

/// The positions at which a token begins, by line.
fn places(text: &str) -> Vec<Value> {
    let of_line = |(number, line): (usize, &str)| {
        let begins = |pair: &[char]| !pair[0].is_alphanumeric() && pair[1].is_alphanumeric();
        let letters: Vec<char> = line.chars().collect();
        let starts = letters.windows(2).enumerate().filter(|(_, pair)| begins(pair));
        starts.map(|(at, _)| json!({ "line": number, "character": at + 2 })).collect::<Vec<_>>()
    };
    text.lines().enumerate().flat_map(of_line).collect()
}

#[tokio::test]
async fn an_editor_is_told_no_credential() {
    let planted = Planted::new();
    let directory = planted.directory();
    let capabilities = json!({ "window": { "showDocument": { "support": true } } });
    let (mut editor, _) = Editor::able(Some(directory.path()), capabilities).await;
    editor.notify("$/setTrace", json!({ "value": "verbose" })).await;
    let mut heard: Vec<Value> = Vec::new();
    for name in [
        "task.json",
        "tf/main.tf",
        "json/main.tf.json",
        "broken.json",
        "tf/containers.tftpl",
        "marked/main.tf",
    ] {
        let path = directory.path().join(name);
        let text = fs::read_to_string(&path).unwrap();
        editor.open(&path, &text).await;
        let document = json!({ "uri": uri(&path) });
        for method in OF_A_FILE {
            heard.push(editor.request(method, json!({ "textDocument": document })).await);
        }
        let all = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } });
        for only in [json!(["quickfix"]), json!(["source"])] {
            let context = json!({ "diagnostics": [], "only": only });
            let asked = json!({ "textDocument": document, "range": all, "context": context });
            let mut answer = editor.request("textDocument/codeAction", asked).await;
            // A code action contains the user's own text.
            answer["result"]
                .as_array_mut()
                .into_iter()
                .flatten()
                .for_each(|action| action["edit"] = Value::Null);
            heard.push(answer);
        }
        heard.push(
            editor.request("textDocument/inlayHint", json!({ "textDocument": document, "range": all })).await,
        );
        for place in places(&text).into_iter().step_by(3) {
            for method in OF_A_PLACE {
                let context = json!({ "includeDeclaration": true, "triggerKind": 1 });
                let asked = json!({ "textDocument": document, "position": place, "context": context });
                heard.push(editor.request(method, asked).await);
            }
        }
    }
    heard.push(editor.request("workspace/symbol", json!({ "query": "" })).await);
    heard.push(editor.request("workspace/diagnostic", json!({ "previousResultIds": [] })).await);
    heard.push(editor.request("shutdown", Value::Null).await);
    heard.extend(editor.heard);
    let all: Vec<String> = heard.iter().map(Value::to_string).collect();
    assert!(all.iter().any(|message| message.contains("secret-in-environment")));
    assert!(all.iter().any(|message| message.contains("Credential (value hidden)")));
    let words = planted.words();
    let leaks: Vec<&String> =
        all.iter().filter(|said| words.iter().any(|word| said.contains(word))).collect();
    assert!(
        leaks.is_empty(),
        "{}",
        leaks.iter().map(|said| &said[..said.len().min(3_000)]).collect::<Vec<_>>().join("\n")
    );
}
