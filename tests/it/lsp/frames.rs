//! Messages that mean nothing are answered with an error, and the next one is served.

use ecslint::lsp::End;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::editor::{BROKEN, Editor, PATIENCE, framed, has};

const INVALID: i64 = -32600;
const UNPARSED: i64 = -32700;

fn frame(body: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

/// The next answer of the server, with an error.
async fn refused(editor: &mut Editor) -> Value {
    loop {
        let message = editor.receive().await;
        if message.get("error").is_some() {
            return message;
        }
    }
}

#[tokio::test]
async fn a_message_without_a_meaning_gets_an_error_and_the_next_one_is_served() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let mut cases: Vec<(Vec<u8>, i64, Value)> = vec![
        (b"\xff\xfe".to_vec(), UNPARSED, Value::Null),
        (b"{\"jsonrpc\":\"2.0\",\"method\":\"\xff\"}".to_vec(), UNPARSED, Value::Null),
        (deep.into_bytes(), INVALID, Value::Null),
    ];
    let unparsed =
        ["", " ", "{", "no JSON", r#"{"jsonrpc":"2.0"}}"#, r#"{"jsonrpc":"2.0","method":"\ud800"}"#];
    cases.extend(unparsed.map(|body| (body.into(), UNPARSED, Value::Null)));
    let invalid = [
        ("{}", Value::Null),
        ("[]", Value::Null),
        (r#"[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]"#, Value::Null),
        (r#"["2.0","shutdown",null,1]"#, Value::Null),
        ("null", Value::Null),
        ("1", Value::Null),
        (r#""text""#, Value::Null),
        (r#"{"jsonrpc":"1.0","id":77,"method":"textDocument/hover"}"#, json!(77)),
        (r#"{"jsonrpc":2.0,"id":"a","method":"textDocument/hover"}"#, json!("a")),
        (r#"{"id":78,"method":"textDocument/hover"}"#, json!(78)),
        (r#"{"jsonrpc":"2.0","id":1.5,"method":"shutdown"}"#, Value::Null),
        (r#"{"jsonrpc":"2.0","id":{},"method":"shutdown"}"#, Value::Null),
        (r#"{"jsonrpc":"2.0","id":[1],"method":"shutdown"}"#, Value::Null),
        (r#"{"jsonrpc":"2.0","id":true,"method":"shutdown"}"#, Value::Null),
        (r#"{"jsonrpc":"2.0","id":1e99,"method":"shutdown"}"#, Value::Null),
        (r#"{"jsonrpc":"2.0","id":9223372036854775808,"method":"shutdown"}"#, Value::Null),
        (r#"{"jsonrpc":"2.0","id":1,"id":2,"method":"shutdown"}"#, Value::Null),
        (r#"{"jsonrpc":"2.0","id":79}"#, json!(79)),
        (r#"{"jsonrpc":"2.0"}"#, Value::Null),
        (r#"{"jsonrpc":"2.0","id":80,"method":5}"#, json!(80)),
        (r#"{"jsonrpc":"2.0","id":81,"method":null}"#, json!(81)),
        (r#"{"jsonrpc":"2.0","id":82,"error":1}"#, json!(82)),
    ];
    cases.extend(invalid.map(|(body, id)| (body.into(), INVALID, id)));
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    for (body, code, id) in &cases {
        editor.send_bytes(&frame(body)).await;
        let answer = refused(&mut editor).await;
        let about = String::from_utf8_lossy(&body[..body.len().min(80)]);
        assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(code), id), "{about}: {answer}");
    }
    editor.open(&path, BROKEN).await;
    editor.published(&path, has("syntax")).await;
}

#[tokio::test]
async fn a_malformed_message_before_the_first_request_is_answered_too() {
    let mut editor = Editor::connect();
    editor.send_bytes(&frame(b"{}")).await;
    assert_eq!(refused(&mut editor).await["error"]["code"], INVALID);
    let answer = editor.request("initialize", json!({ "capabilities": {} })).await;
    assert_eq!(answer["result"]["serverInfo"]["name"], "ecslint");
}

#[tokio::test]
async fn answers_that_nobody_waits_for_are_ignored() {
    let (mut editor, _) = Editor::start(None, Value::Null).await;
    for id in [json!(99), json!("x"), json!(-1), Value::Null] {
        editor.send(json!({ "jsonrpc": "2.0", "id": id, "result": null })).await;
        editor.send(json!({ "jsonrpc": "2.0", "id": id, "error": { "code": 1, "message": "x" } })).await;
    }
    editor.notify("$/cancelRequest", json!({ "id": 1.5 })).await;
    let answer = editor.request("workspace/symbol", json!({ "query": "" })).await;
    assert_eq!(answer["result"], json!([]));
}

#[tokio::test]
async fn a_header_is_read_however_it_is_written() {
    let (mut editor, _) = Editor::start(None, Value::Null).await;
    let body = json!({ "jsonrpc": "2.0", "id": 55, "method": "workspace/symbol", "params": { "query": "" } });
    let body = body.to_string();
    for header in [
        "content-length: #\r\n\r\n",
        "CONTENT-LENGTH:#\r\n\r\n",
        "Content-Length:   #  \r\n\r\n",
        "Content-Length: #\n\n",
        "Content-Type: application/vscode-jsonrpc\r\nContent-Length: #\r\n\r\n",
        "Content-Type: text/plain; charset=x\r\nContent-Length: #\r\nX: y\r\n\r\n",
        "\r\n\r\nContent-Length: #\r\n\r\n",
        "stray\r\nContent-Length: #\r\n\r\n",
        "\u{0}strayContent-Length: #\r\n\r\n",
    ] {
        editor.send_bytes((header.replace('#', &body.len().to_string()) + &body).as_bytes()).await;
        loop {
            let message = editor.receive().await;
            if message["id"] == 55 {
                assert_eq!(message["result"], json!([]), "{header}");
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_length_that_is_wrong_ends_the_server() {
    for header in [
        "Content-Length: -5\r\n\r\n",
        "Content-Length: 18446744073709551615\r\n\r\n",
        "Content-Length: 99999999999999999999999\r\n\r\n",
        "Content-Length: 1000000000000\r\n\r\n",
        "Content-Length: five\r\n\r\n",
        "Content-Length:\r\n\r\n",
        "Content-Length: 0x10\r\n\r\n",
        "Content-Type: text/plain\r\n\r\n",
        &"x".repeat(100_000),
    ] {
        let (mut editor, _) = Editor::start(None, Value::Null).await;
        editor.send_bytes(header.as_bytes()).await;
        assert_eq!(refused(&mut editor).await["error"]["code"], UNPARSED, "{header}");
        let end = timeout(PATIENCE, &mut editor.server).await.unwrap().unwrap();
        assert_eq!(end, End::Abrupt);
    }
}

#[tokio::test]
async fn a_message_that_ends_early_ends_the_server_with_its_input() {
    let (mut editor, _) = Editor::start(None, Value::Null).await;
    editor.send_bytes(b"Content-Length: 1000\r\n\r\n{}").await;
    editor.close().await;
    let end = timeout(PATIENCE, &mut editor.server).await.unwrap().unwrap();
    assert_eq!(end, End::Abrupt);
}

#[tokio::test]
async fn messages_may_come_in_any_pieces() {
    let (mut editor, _) = Editor::start(None, Value::Null).await;
    let ask = |id: i64| {
        framed(
            &json!({ "jsonrpc": "2.0", "id": id, "method": "workspace/symbol", "params": { "query": "" } }),
        )
    };
    let both = [ask(500), String::from_utf8(frame(b"{}")).unwrap(), ask(501)].concat();
    for byte in both.as_bytes() {
        editor.send_bytes(&[*byte]).await;
    }
    let mut ids = Vec::new();
    while ids.len() < 3 {
        let message = editor.receive().await;
        if message.get("method").is_none() {
            ids.push(message["id"].clone());
        }
    }
    ids.sort_by_key(ToString::to_string);
    assert_eq!(ids, [json!(500), json!(501), Value::Null]);
}
