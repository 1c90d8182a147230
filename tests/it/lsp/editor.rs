//! The client end of a connection to a server in this process.

use std::path::Path;
use std::time::Duration;

use ecslint::lsp::End;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// A task definition with an extra comma at line 3, character 36, counted from 0.
pub const BROKEN: &str = "{\n  \"family\": \"web\",\n  \"containerDefinitions\": [\n    { \"name\": \"web\", \"memory\": 128 },\n  ]\n}\n";

/// Timeout of everything here.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The client end of a connection.
pub struct Editor {
    input: WriteHalf<DuplexStream>,
    output: BufReader<ReadHalf<DuplexStream>>,
    pub server: JoinHandle<End>,
    /// Messages from the server that arrived while waiting for a response.
    pub heard: Vec<Value>,
    requests: i64,
}

impl Editor {
    /// Starts and initializes a server.
    pub async fn start(root: Option<&Path>, encodings: Value) -> (Editor, Value) {
        Editor::able(root, json!({ "general": { "positionEncodings": encodings } })).await
    }

    /// Starts and initializes a server, with these client capabilities.
    pub async fn able(root: Option<&Path>, capabilities: Value) -> (Editor, Value) {
        let mut editor = Editor::connect();
        let folders = root.map(|root| json!([{ "uri": uri(root), "name": "root" }]));
        let params = json!({ "processId": null, "capabilities": capabilities, "workspaceFolders": folders });
        let answer = editor.request("initialize", params).await;
        editor.notify("initialized", json!({})).await;
        (editor, answer)
    }

    pub fn connect() -> Editor {
        let (client, server) = tokio::io::duplex(1 << 16);
        let (input, output) = tokio::io::split(server);
        let server = tokio::spawn(async move { ecslint::lsp::serve_on(input, output).await });
        let (output, input) = tokio::io::split(client);
        Editor { input, output: BufReader::new(output), server, heard: Vec::new(), requests: 0 }
    }

    pub async fn send(&mut self, message: Value) {
        self.send_bytes(framed(&message).as_bytes()).await;
    }

    /// Sends bytes that need not be a message.
    pub async fn send_bytes(&mut self, bytes: &[u8]) {
        timeout(PATIENCE, self.input.write_all(bytes)).await.unwrap().unwrap();
    }

    /// Closes the input of the server.
    pub async fn close(&mut self) {
        self.input.shutdown().await.unwrap();
    }

    pub async fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params })).await;
    }

    pub async fn request(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })).await;
        loop {
            let message = self.receive().await;
            if message["id"] == id {
                return message;
            }
            self.heard.push(message);
        }
    }

    pub async fn receive(&mut self) -> Value {
        timeout(PATIENCE, self.read()).await.unwrap()
    }

    pub async fn read(&mut self) -> Value {
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

    /// Waits until a file's diagnostics satisfy a condition.
    pub async fn published(&mut self, path: &Path, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.receive().await;
            let is_ours = message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri(path);
            if is_ours && fits(&message["params"]) {
                return message["params"].clone();
            }
        }
    }

    pub async fn open(&mut self, path: &Path, text: &str) {
        let item = json!({ "uri": uri(path), "languageId": "json", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item })).await;
    }

    pub async fn edit(&mut self, path: &Path, version: usize, changes: Value) {
        let document = json!({ "uri": uri(path), "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }))
            .await;
    }
}

pub fn uri(path: &Path) -> String {
    // The path of a Windows drive has no slash at its start.
    let path = path.display().to_string().replace('\\', "/");
    let slash = if path.starts_with('/') { "" } else { "/" };
    let path = if cfg!(windows) { path.replace(':', "%3A") } else { path };
    format!("file://{slash}{path}").replace(' ', "%20")
}

pub fn has(rule: &'static str) -> impl Fn(&Value) -> bool {
    move |params| params["diagnostics"].as_array().unwrap().iter().any(|found| found["code"] == rule)
}

pub fn is_clean(params: &Value) -> bool {
    params["diagnostics"] == json!([])
}

/// One message, with its header.
pub fn framed(message: &Value) -> String {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

/// The position of the `|` in a piece of a text: `"na|me"`.
pub fn place(text: &str, piece: &str) -> Value {
    let (before, after) = piece.split_once('|').unwrap();
    let found = text.find(&[before, after].concat()).unwrap() + before.len();
    let line = text[..found].matches('\n').count();
    let start = text[..found].rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": text[start..found].encode_utf16().count() })
}

/// The text after applying the edits of a `WorkspaceEdit` for a file.
pub fn edited(text: &str, edit: &Value, path: &Path) -> String {
    let versioned = edit["documentChanges"].as_array().into_iter().flatten();
    let of_file = versioned.filter(|change| change["textDocument"]["uri"] == uri(path));
    let edits = of_file.flat_map(|change| change["edits"].as_array().unwrap());
    let mut edits: Vec<&Value> =
        edits.chain(edit["changes"][uri(path)].as_array().into_iter().flatten()).collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(offset(text, &edit["range"]["start"])));
    let mut text = text.to_owned();
    for edit in edits {
        let range = offset(&text, &edit["range"]["start"])..offset(&text, &edit["range"]["end"]);
        text.replace_range(range, edit["newText"].as_str().unwrap());
    }
    text
}

/// The offset of a position in an ASCII text.
fn offset(text: &str, place: &Value) -> usize {
    let line = usize::try_from(place["line"].as_u64().unwrap()).unwrap();
    let lines: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    lines + usize::try_from(place["character"].as_u64().unwrap()).unwrap()
}
