//! A language server session: edits at any position, with requests between them. Every request must be answered, and
//! at the end the server must report the same findings as a new run over the client's texts.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use arbitrary::{Arbitrary, Unstructured};
use ecslint::config::RunOptions;
use ecslint::diagnostic::Severity;
use ecslint::source::{Requested, Sources};
use serde_json::{Value, json};

use crate::editor::Editor;

/// A step of a session.
#[derive(Arbitrary, Debug)]
enum Step {
    Open(u8),
    Close(u8),
    /// Replaces the whole text of a file.
    Write(u8, String),
    /// Edits a file: the start line and column, the number of lines and columns to replace, and the new text.
    Edit(u8, [u8; 2], [u8; 2], u8),
    /// Sends a request with a file, a method, and a position.
    Ask(u8, u8, [u8; 2]),
    /// Sends a method with parameters of another one.
    Err(u8, u8, String),
}

/// Maximum number of steps in a session.
const LONGEST: usize = 40;

/// The files, and the texts that they are opened with.
const FILES: &[(&str, &str)] = &[
    ("ecs/task.json", include_str!("../../examples/mongo-flask/flask-task.json")),
    ("ecs/service.json", include_str!("../../examples/mongo-flask/flask-service.json")),
    ("main.tf", include_str!("../../examples/terraform-prod-staging/main.tf")),
    (
        "task-definitions/shop-prod.json",
        include_str!("../../examples/terraform-prod-staging/task-definitions/shop-prod.json"),
    ),
    ("ecslint.toml", "[rules]\npedantic = \"warning\"\n"),
    ("terraform.tfvars", "name = \"ü\"\r\n"),
];

/// The texts that edits insert: pieces that cause syntax errors, and characters and line breaks of every size.
const PIECES: &[&str] = &[
    "", "", "", ",", "\"", "{", "}", "[", "]", "\n", "\r\n", "\r", "ü", "😀", "x", "80", "${", "<<EOT\n",
    "null", "\\", "#", "var.", "=", "%{ if ", "\u{feff}", "\u{2028}", "0", "-",
];

/// The requests.
const METHODS: &[&str] = &[
    "textDocument/diagnostic",
    "workspace/diagnostic",
    "textDocument/codeAction",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/documentSymbol",
    "workspace/symbol",
    "textDocument/documentLink",
    "textDocument/codeLens",
    "textDocument/inlayHint",
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/prepareRename",
    "textDocument/rename",
    "workspace/executeCommand",
    "no/such",
];

/// Runs a session.
pub fn run(data: &[u8]) {
    let mut input = Unstructured::new(data);
    let encoding =
        ["utf-8", "utf-16", "utf-32"][usize::from(input.arbitrary::<u8>().unwrap_or_default() % 3)];
    let steps: Vec<Step> =
        input.arbitrary_iter().into_iter().flatten().filter_map(Result::ok).take(LONGEST).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let Ok(runtime) = runtime else { panic!("no runtime") };
    runtime.block_on(async {
        let mut session =
            Session { editor: Editor::start(encoding).await, encoding, open: BTreeMap::new(), version: 1 };
        for step in steps {
            session.step(step).await;
        }
        session.end().await;
    });
}

struct Session {
    editor: Editor,
    encoding: &'static str,
    /// The texts as the client has them.
    open: BTreeMap<usize, String>,
    version: i32,
}

impl Session {
    async fn step(&mut self, step: Step) {
        match step {
            Step::Open(file) => self.open(usize::from(file) % FILES.len()).await,
            Step::Close(file) => self.close(usize::from(file) % FILES.len()).await,
            Step::Write(file, text) => {
                let file = usize::from(file) % FILES.len();
                self.open(file).await;
                self.open.insert(file, text.clone());
                self.change(file, json!([{ "text": text }])).await;
            }
            Step::Edit(file, start, size, piece) => {
                let file = usize::from(file) % FILES.len();
                self.open(file).await;
                self.edit(
                    file,
                    start.map(u32::from),
                    size.map(u32::from),
                    PIECES[usize::from(piece) % PIECES.len()],
                )
                .await;
            }
            Step::Ask(file, method, [line, character]) => {
                let (uri, at) =
                    (uri(usize::from(file) % FILES.len()), json!({ "line": line, "character": character }));
                let params = json!({
                    "textDocument": { "uri": uri }, "position": at, "range": { "start": at, "end": at },
                    "context": { "includeDeclaration": true, "diagnostics": [] }, "newName": "other-name", "query": "w",
                    "previousResultIds": [], "command": "ecslint.explain", "arguments": ["syntax"],
                });
                self.editor.request(METHODS[usize::from(method) % METHODS.len()], params).await;
            }
            Step::Err(method, kind, text) => {
                let params = match kind % 4 {
                    0 => {
                        json!({ "textDocument": { "uri": text }, "position": { "line": u32::MAX, "character": u32::MAX } })
                    }
                    1 => json!({ "textDocument": text }),
                    2 => json!([text]),
                    _ => serde_json::from_str(&text).unwrap_or_else(|_| json!({})),
                };
                self.editor.request(METHODS[usize::from(method) % METHODS.len()], params).await;
            }
        }
    }

    async fn open(&mut self, file: usize) {
        let (_, text) = FILES[file];
        let Entry::Vacant(opened) = self.open.entry(file) else { return };
        opened.insert(text.to_owned());
        let item = json!({ "uri": uri(file), "languageId": "json", "version": self.version, "text": text });
        self.editor.notify("textDocument/didOpen", json!({ "textDocument": item })).await;
    }

    async fn close(&mut self, file: usize) {
        self.open.remove(&file);
        self.editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri(file) } })).await;
    }

    async fn edit(&mut self, file: usize, [line, column]: [u32; 2], [lines, columns]: [u32; 2], piece: &str) {
        let Some(text) = self.open.get_mut(&file) else { return };
        let end = [line + lines % 4, column + columns];
        let from = offset(text, [line, column], self.encoding);
        let to = offset(text, end, self.encoding).max(from);
        text.replace_range(from..to, piece);
        let range = json!({
            "start": { "line": line, "character": column }, "end": { "line": end[0], "character": end[1] },
        });
        self.change(file, json!([{ "range": range, "text": piece }])).await;
    }

    async fn change(&mut self, file: usize, changes: Value) {
        self.version += 1;
        let document = json!({ "uri": uri(file), "version": self.version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.editor.notify("textDocument/didChange", params).await;
    }

    /// Compares the server's findings with those of a new run, and shuts down.
    async fn end(mut self) {
        let params = json!({ "previousResultIds": [] });
        let answer = self.editor.request("workspace/diagnostic", params).await;
        let mut told: Vec<String> = Vec::new();
        for report in answer["result"]["items"].as_array().into_iter().flatten() {
            for found in report["items"].as_array().into_iter().flatten() {
                let [code, range, severity, message] =
                    ["code", "range", "severity", "message"].map(|member| &found[member]);
                told.push(format!("{} {code} {range} {severity} {message}", report["uri"]));
            }
        }
        told.sort();
        assert_eq!(told, self.expected());
        self.editor.leave().await;
    }

    fn expected(&self) -> Vec<String> {
        let mut sources = Sources::new("/");
        let texts: BTreeMap<&str, &String> =
            self.open.iter().map(|(file, text)| (FILES[*file].0, text)).collect();
        let files =
            texts.iter().map(|(name, text)| sources.add(&Path::new("/nowhere").join(name), text.as_str()));
        let files: Vec<_> = files.collect();
        files.into_iter().for_each(|file| sources.add_input(file, Requested::Discovered));
        let outcome = ecslint::check(&sources, &RunOptions::default());
        let mut found: Vec<String> = Vec::new();
        for diagnostic in &outcome.diagnostics {
            let source = sources.get(diagnostic.span.file);
            let [start, end] = [diagnostic.span.start, diagnostic.span.end]
                .map(|offset| position(&source.text[..offset as usize], self.encoding));
            let (uri, range) =
                (format!("file://{}", source.path.display()), json!({ "start": start, "end": end }));
            let severity = if diagnostic.severity == Severity::Error { 1 } else { 2 };
            let help = diagnostic.help.iter().map(|help| format!("\nhelp: {help}"));
            let message: String = std::iter::once(diagnostic.message.clone()).chain(help).collect();
            let [uri, code, message] = [uri, diagnostic.rule.to_owned(), message].map(Value::from);
            found.push(format!("{uri} {code} {range} {severity} {message}"));
        }
        found.sort();
        found
    }
}

fn uri(file: usize) -> String {
    format!("file:///nowhere/{}", FILES[file].0)
}

/// The number of units of a character.
fn units(letter: char, encoding: &str) -> usize {
    match encoding {
        "utf-8" => letter.len_utf8(),
        "utf-16" => letter.len_utf16(),
        _ => 1,
    }
}

/// The lines of a text with their line breaks, as the protocol splits them; deliberately not with the server's code.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\n', '\r']) {
        let length = at + if rest[at..].starts_with("\r\n") { 2 } else { 1 };
        lines.push(&rest[..length]);
        rest = &rest[length..];
    }
    lines.push(rest);
    lines
}

/// The offset of a position: one past the end of a line is that end, and one inside a character is its start.
fn offset(text: &str, [line, column]: [u32; 2], encoding: &str) -> usize {
    let lines = lines(text);
    let Some(content) = lines.get(line as usize) else { return text.len() };
    let before: usize = lines.iter().take(line as usize).map(|line| line.len()).sum();
    let mut left = column as usize;
    let mut within = 0;
    for letter in content.trim_end_matches(['\n', '\r']).chars() {
        if units(letter, encoding) > left {
            break;
        }
        left -= units(letter, encoding);
        within += letter.len_utf8();
    }
    before + within
}

/// The position of the end of a text.
fn position(before: &str, encoding: &str) -> Value {
    // There is no position between the two bytes of a line break: a text that ends there ends before both.
    let lines = lines(before);
    let last = lines.last().copied().unwrap_or_default();
    let character: usize = last.chars().map(|letter| units(letter, encoding)).sum();
    json!({ "line": lines.len() - 1, "character": character })
}
