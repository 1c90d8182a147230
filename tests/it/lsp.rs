//! The editor server, over the wire.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, Read as _, Write as _};
use std::path::Path;
use std::time::Duration;

use ecslint::config::Config;
use ecslint::sources::Sources;
use ecslint::{check, walk};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// A task definition with a comma too many at line 3, character 36, counted from 0.
const BROKEN: &str = "{\n  \"family\": \"web\",\n  \"containerDefinitions\": [\n    { \"name\": \"web\", \"memory\": 128 },\n  ]\n}\n";

/// The longest that anything here may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The client's end of a connection.
struct Editor {
    input: WriteHalf<DuplexStream>,
    output: BufReader<ReadHalf<DuplexStream>>,
    server: JoinHandle<()>,
    requests: i64,
}

impl Editor {
    /// Starts a server and greets it.
    async fn start(root: Option<&Path>, encodings: Value) -> (Editor, Value) {
        let mut editor = Editor::connect();
        let folders = root.map(|root| json!([{ "uri": uri(root), "name": "root" }]));
        let params = json!({
            "processId": null,
            "capabilities": { "general": { "positionEncodings": encodings } },
            "workspaceFolders": folders,
        });
        let answer = editor.request("initialize", params).await;
        editor.notify("initialized", json!({})).await;
        (editor, answer)
    }

    fn connect() -> Editor {
        let (client, server) = tokio::io::duplex(1 << 16);
        let (input, output) = tokio::io::split(server);
        let server = tokio::spawn(async move { ecslint::lsp::serve_on(input, output).await });
        let (output, input) = tokio::io::split(client);
        Editor { input, output: BufReader::new(output), server, requests: 0 }
    }

    async fn send(&mut self, message: Value) {
        let message = framed(&message);
        timeout(PATIENCE, self.input.write_all(message.as_bytes())).await.unwrap().unwrap();
    }

    async fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params })).await;
    }

    async fn request(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })).await;
        loop {
            let message = self.receive().await;
            if message["id"] == id {
                return message;
            }
        }
    }

    async fn receive(&mut self) -> Value {
        timeout(PATIENCE, self.read()).await.unwrap()
    }

    async fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.output.read_line(&mut line).await.unwrap();
            match line.trim() {
                "" => break,
                line => {
                    length =
                        line.strip_prefix("Content-Length: ").map_or(length, |text| text.parse().unwrap())
                }
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).await.unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// Waits until a file's findings are as asked for.
    async fn published(&mut self, path: &Path, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.receive().await;
            let is_ours = message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri(path);
            if is_ours && fits(&message["params"]) {
                return message["params"].clone();
            }
        }
    }

    async fn open(&mut self, path: &Path, text: &str) {
        let item = json!({ "uri": uri(path), "languageId": "json", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item })).await;
    }

    async fn edit(&mut self, path: &Path, version: usize, changes: Value) {
        let document = json!({ "uri": uri(path), "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }))
            .await;
    }
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display()).replace(' ', "%20")
}

fn has(rule: &'static str) -> impl Fn(&Value) -> bool {
    move |params| params["diagnostics"].as_array().unwrap().iter().any(|found| found["code"] == rule)
}

fn is_clean(params: &Value) -> bool {
    params["diagnostics"] == json!([])
}

#[tokio::test]
async fn positions_count_as_the_client_prefers() {
    let (_, answer) = Editor::start(None, json!(["utf-8", "utf-16"])).await;
    assert_eq!(answer["result"]["capabilities"]["positionEncoding"], "utf-8");
    let (_, answer) = Editor::start(None, Value::Null).await;
    assert_eq!(answer["result"]["capabilities"]["positionEncoding"], "utf-16");
}

#[tokio::test]
async fn a_mistake_is_shown_and_goes_when_it_is_mended() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("my task.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, BROKEN).await;
    let shown = editor.published(&path, has("syntax")).await;
    let found = &shown["diagnostics"][0];
    assert_eq!(found["range"]["start"], json!({ "line": 3, "character": 36 }));
    assert_eq!(found["source"], "ecslint");
    assert_eq!(found["severity"], 1);
    assert!(found["codeDescription"]["href"].as_str().unwrap().ends_with("rules/syntax.md"));
    assert!(found["message"].as_str().unwrap().ends_with("help: remove the comma"));
    let range = json!({ "start": { "line": 3, "character": 36 }, "end": { "line": 3, "character": 37 } });
    editor.edit(&path, 2, json!([{ "range": range, "text": "" }])).await;
    let shown = editor.published(&path, is_clean).await;
    assert_eq!(shown["version"], 2);
}

#[tokio::test]
async fn edits_behind_an_emoji_land_where_the_client_means() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let text =
        "{ \"family\": \"😀\", \"networkMode\": \"awsvpc\", \"containerDefinitions\": \"${CONTAINERS}\" }";
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, text).await;
    editor.published(&path, is_clean).await;
    // Behind the emoji, which takes two units, stands the comma; a second one is put there.
    let at = json!({ "line": 0, "character": 16 });
    editor.edit(&path, 2, json!([{ "range": { "start": at, "end": at }, "text": "," }])).await;
    let shown = editor.published(&path, has("syntax")).await;
    assert_eq!(shown["diagnostics"][0]["range"]["start"], json!({ "line": 0, "character": 17 }));
}

#[tokio::test]
async fn findings_of_files_that_are_not_open_are_shown_with_the_places_that_explain_them() {
    let directory = tempfile::tempdir().unwrap();
    let (task, service) = (directory.path().join("task.json"), directory.path().join("service.json"));
    fs::write(&task, r#"{ "family": "web", "containerDefinitions": [{ "name": "web", "memory": 128 }] }"#)
        .unwrap();
    let balanced = r#"{ "serviceName": "web", "taskDefinition": "web", "healthCheckGracePeriodSeconds": 9,
        "loadBalancers": [{ "targetGroupArn": "x", "containerName": "wbe", "containerPort": 80 }] }"#;
    fs::write(&service, balanced).unwrap();
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    let shown = editor.published(&service, has("load-balancer-unknown-container")).await;
    let related = &shown["diagnostics"][0]["relatedInformation"][0]["location"];
    assert_eq!(related["uri"], uri(&task));
}

#[tokio::test]
async fn an_open_file_counts_as_it_is_in_the_editor_until_it_is_closed() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    fs::write(&path, BROKEN).unwrap();
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.published(&path, has("syntax")).await;
    editor.open(&path, &BROKEN.replace("},\n  ]", "}\n  ]")).await;
    editor.published(&path, is_clean).await;
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri(&path) } })).await;
    editor.published(&path, has("syntax")).await;
}

#[tokio::test]
async fn files_that_come_and_go_on_disk_are_seen() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    fs::write(&path, BROKEN).unwrap();
    let change = |kind: u8| json!({ "changes": [{ "uri": uri(&path), "type": kind }] });
    editor.notify("workspace/didChangeWatchedFiles", change(1)).await;
    editor.published(&path, has("syntax")).await;
    fs::remove_file(&path).unwrap();
    editor.notify("workspace/didChangeWatchedFiles", change(3)).await;
    editor.published(&path, is_clean).await;
}

#[tokio::test]
async fn a_file_without_a_workspace_is_checked_with_those_beside_it() {
    let directory = tempfile::tempdir().unwrap();
    let (path, beside) = (directory.path().join("task.json"), directory.path().join("other.json"));
    fs::write(&beside, BROKEN).unwrap();
    let (mut editor, _) = Editor::start(None, Value::Null).await;
    editor.open(&path, "{}").await;
    editor.published(&beside, has("syntax")).await;
}

#[tokio::test]
async fn a_burst_of_edits_ends_with_the_findings_of_the_last() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, "").await;
    // Each letter is one edit at the end of what the edits before it made.
    let letters: Vec<char> = BROKEN.repeat(20).chars().chain("\n".repeat(20).chars()).collect();
    let (mut line, mut character, mut version) = (0, 0, 1);
    for letter in letters.iter().take(3000) {
        version += 1;
        let at = json!({ "line": line, "character": character });
        editor
            .edit(
                &path,
                version,
                json!([{ "range": { "start": at, "end": at }, "text": letter.to_string() }]),
            )
            .await;
        (line, character) = if *letter == '\n' { (line + 1, 0) } else { (line, character + 1) };
    }
    version += 1;
    editor.edit(&path, version, json!([{ "text": BROKEN }])).await;
    let last = version;
    let shown = editor.published(&path, |params| params["version"] == last).await;
    assert!(has("syntax")(&shown));
}

#[tokio::test]
async fn a_client_that_does_not_listen_for_a_while_holds_nothing_up() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, "").await;
    for version in 2..402 {
        let text = if version % 2 == 0 { BROKEN } else { "{}" };
        editor.edit(&path, version, json!([{ "text": text }])).await;
    }
    editor.published(&path, |params| params["version"] == 401).await;
}

#[tokio::test]
async fn exit_ends_the_server_though_its_input_stays_open() {
    let (mut editor, _) = Editor::start(None, Value::Null).await;
    assert_eq!(editor.request("shutdown", Value::Null).await["result"], Value::Null);
    editor.notify("exit", Value::Null).await;
    timeout(PATIENCE, &mut editor.server).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_request_after_shutdown_is_invalid() {
    let (mut editor, _) = Editor::start(None, Value::Null).await;
    editor.request("shutdown", Value::Null).await;
    let answer = editor.request("textDocument/hover", json!({})).await;
    assert_eq!(answer["error"]["code"], -32600);
}

#[tokio::test]
async fn the_editor_is_told_what_the_command_line_says() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut sources = Sources::new(&examples);
    walk::collect(&mut sources, std::slice::from_ref(&examples));
    let outcome = check(&sources, &Config::default());
    let mut expected: BTreeMap<String, Vec<(String, u64)>> = BTreeMap::new();
    for found in &outcome.diagnostics {
        let line = u64::from(sources.get(found.span.file).position(found.span.start).line) - 1;
        expected
            .entry(uri(&sources.get(found.span.file).path))
            .or_default()
            .push((found.rule.to_owned(), line));
    }
    let (mut editor, _) = Editor::start(Some(&examples), Value::Null).await;
    let mut told: BTreeMap<String, Vec<(String, u64)>> = BTreeMap::new();
    while told.len() < expected.len() {
        let message = editor.receive().await;
        if message["method"] == "textDocument/publishDiagnostics" {
            let found = message["params"]["diagnostics"].as_array().unwrap().iter();
            let found = found.map(|found| {
                (
                    found["code"].as_str().unwrap().to_owned(),
                    found["range"]["start"]["line"].as_u64().unwrap(),
                )
            });
            told.insert(message["params"]["uri"].as_str().unwrap().to_owned(), found.collect());
        }
    }
    assert_eq!(told, expected);
}

#[tokio::test]
async fn exit_ends_the_server_though_nobody_reads_what_it_says() {
    let directory = tempfile::tempdir().unwrap();
    for number in 0..3000 {
        fs::write(directory.path().join(format!("task-{number}.json")), BROKEN).unwrap();
    }
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.receive().await;
    editor.notify("exit", Value::Null).await;
    timeout(PATIENCE, &mut editor.server).await.unwrap().unwrap();
}

#[tokio::test]
async fn the_other_side_of_a_diff_is_not_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("task.json");
    let (mut editor, _) = Editor::start(Some(directory.path()), Value::Null).await;
    editor.open(&path, "{}").await;
    let other = uri(&path).replace("file://", "git:");
    let item = json!({ "uri": other, "languageId": "json", "version": 1, "text": BROKEN });
    editor.notify("textDocument/didOpen", json!({ "textDocument": item })).await;
    editor.edit(&path, 2, json!([{ "text": BROKEN }])).await;
    let shown = editor.published(&path, |params| params["version"] == 2).await;
    assert!(has("syntax")(&shown));
}

/// One message, with its header.
fn framed(message: &Value) -> String {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

#[test]
fn the_program_serves_over_its_own_streams() {
    let mut server = std::process::Command::new(env!("CARGO_BIN_EXE_ecslint"))
        .arg("lsp")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = server.stdin.take().unwrap();
    let mut output = std::io::BufReader::new(server.stdout.take().unwrap());
    let mut ask = |id: u64, method: &str| {
        let params = json!({ "capabilities": {} });
        let message = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        input.write_all(framed(&message).as_bytes()).unwrap();
        let mut header = String::new();
        output.read_line(&mut header).unwrap();
        let length: usize = header.trim().strip_prefix("Content-Length: ").unwrap().parse().unwrap();
        let mut body = vec![0; length + 2];
        output.read_exact(&mut body).unwrap();
        serde_json::from_slice::<Value>(&body[2..]).unwrap()
    };
    assert_eq!(ask(1, "initialize")["result"]["serverInfo"]["name"], "ecslint");
    input.write_all(framed(&json!({ "jsonrpc": "2.0", "method": "exit" })).as_bytes()).unwrap();
    assert_eq!(server.wait().unwrap().code(), Some(0));
}
