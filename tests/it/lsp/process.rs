//! The language server as a separate process.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::{Value, json};

use super::editor::framed;

struct Server {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Server {
    fn start() -> Server {
        let program = Command::new(env!("CARGO_BIN_EXE_ecslint"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let mut process = program.unwrap();
        let (input, output) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        Server { process, input, output: BufReader::new(output) }
    }

    fn tell(&mut self, message: &Value) {
        self.input.write_all(framed(message).as_bytes()).unwrap();
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.tell(&json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }));
        let mut header = String::new();
        self.output.read_line(&mut header).unwrap();
        let length: usize = header.trim().strip_prefix("Content-Length: ").unwrap().parse().unwrap();
        let mut body = vec![0; length + 2];
        self.output.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body[2..]).unwrap()
    }

    /// The exit status, while its input stays open.
    ///
    /// # Panics
    /// If it has not exited in time.
    fn end(self) -> Option<i32> {
        let Server { mut process, input, output } = self;
        let (ended, told) = mpsc::channel();
        std::thread::spawn(move || ended.send(process.wait().unwrap().code()));
        let code = told.recv_timeout(Duration::from_secs(30)).unwrap();
        drop((input, output));
        code
    }
}

#[test]
fn the_program_serves_over_its_own_streams_and_ends_when_asked() {
    let mut server = Server::start();
    let greeting = server.ask("initialize", &json!({ "capabilities": {} }));
    assert_eq!(greeting["result"]["serverInfo"]["name"], "ecslint");
    server.ask("shutdown", &Value::Null);
    server.tell(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(server.end(), Some(0));
}

#[test]
fn an_exit_that_was_not_announced_is_a_failure() {
    let mut server = Server::start();
    server.ask("initialize", &json!({ "capabilities": {} }));
    server.tell(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(server.end(), Some(1));
}

#[test]
#[cfg(unix)]
fn the_server_ends_with_the_process_of_its_client() {
    let mut client = Command::new("sleep").arg("600").spawn().unwrap();
    let mut server = Server::start();
    server.ask("initialize", &json!({ "capabilities": {}, "processId": client.id() }));
    assert!(server.process.try_wait().unwrap().is_none());
    client.kill().unwrap();
    client.wait().unwrap();
    assert_eq!(server.end(), Some(1));
}
