//! The client end of a connection to a language server in this process.

use std::time::Duration;

use ecslint::lsp::{self, End};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Timeout of a response.
const PATIENCE: Duration = Duration::from_secs(20);

/// The error code of a response that reports an internal error.
const DEFECT: i64 = -32603;

/// A client.
pub struct Editor {
    input: WriteHalf<DuplexStream>,
    output: BufReader<ReadHalf<DuplexStream>>,
    server: JoinHandle<End>,
    requests: i64,
}

impl Editor {
    /// Starts and initializes a server with the position encoding `encoding`.
    pub async fn start(encoding: &str) -> Editor {
        let (client, server) = tokio::io::duplex(1 << 24);
        let (input, output) = tokio::io::split(server);
        let server = tokio::spawn(lsp::serve_on(input, output));
        let (output, input) = tokio::io::split(client);
        let mut editor = Editor { input, output: BufReader::new(output), server, requests: 0 };
        let able =
            json!({ "general": { "positionEncodings": [encoding] }, "textDocument": { "diagnostic": {} } });
        let answer = editor.request("initialize", json!({ "processId": null, "capabilities": able })).await;
        assert_eq!(answer["result"]["capabilities"]["positionEncoding"], encoding);
        editor.notify("initialized", json!({})).await;
        editor
    }

    async fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let framed = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        assert!(self.input.write_all(framed.as_bytes()).await.is_ok(), "the server reads no more");
    }

    /// Sends a notification.
    pub async fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params })).await;
    }

    /// Sends a request. Panics if the response reports an internal error.
    pub async fn request(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })).await;
        loop {
            let message = self.receive().await;
            if message["id"] == id && message.get("method").is_none() {
                assert_ne!(message["error"]["code"], DEFECT, "{method}: {message}");
                assert_ne!(message.get("result").is_some(), message.get("error").is_some(), "{message}");
                return message;
            }
        }
    }

    async fn receive(&mut self) -> Value {
        match timeout(PATIENCE, self.read()).await {
            Ok(Some(message)) => message,
            Ok(None) => panic!("the server has gone"),
            Err(_) => panic!("the server says nothing"),
        }
    }

    async fn read(&mut self) -> Option<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            match line.trim() {
                "" => break,
                line => {
                    length = line
                        .strip_prefix("Content-Length: ")
                        .map_or(Some(length), |text| text.parse().ok())?
                }
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).await.ok()?;
        serde_json::from_slice(&body).ok()
    }

    /// Shuts the server down as the protocol requires.
    pub async fn leave(mut self) {
        self.request("shutdown", Value::Null).await;
        self.notify("exit", Value::Null).await;
        match timeout(PATIENCE, self.server).await {
            Ok(Ok(end)) => assert_eq!(end, End::Requested),
            other => panic!("the server does not end: {other:?}"),
        }
    }
}
