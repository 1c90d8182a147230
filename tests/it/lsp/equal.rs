//! The language server reports the same findings as the command line, regardless of the edits and their order.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ecslint::config::RunOptions;
use ecslint::diagnostic::{Diagnostic, Severity};
use ecslint::source::{Sources, Span};
use ecslint::{check, discover};
use serde_json::{Value, json};

use super::editor::{Editor, uri};
use crate::book;

/// The findings of each file, in order: rule, severity, range, message, and labels, as the protocol has them.
pub type Told = BTreeMap<String, Vec<Value>>;

/// The findings of the command line below a directory, with some texts instead of the files on disk.
pub fn expected(root: &Path, texts: &BTreeMap<PathBuf, String>) -> Told {
    expected_for(root, &[root.to_owned()], texts)
}

/// The findings of the command line for some paths.
fn expected_for(root: &Path, paths: &[PathBuf], texts: &BTreeMap<PathBuf, String>) -> Told {
    let mut sources = Sources::new(root);
    for (path, text) in texts {
        sources.add(path, text.as_str());
    }
    discover::collect(&mut sources, paths);
    let options = RunOptions { partial: !paths.iter().any(|path| path.is_dir()), ..RunOptions::default() };
    let mut found = Told::new();
    for diagnostic in &check(&sources, &options).diagnostics {
        let file = uri(&sources.get(diagnostic.span.file).path);
        found.entry(file).or_default().push(shown(diagnostic, &sources));
    }
    found
}

/// A finding as the protocol has it, deliberately not with the server's code.
fn shown(found: &Diagnostic, sources: &Sources) -> Value {
    let help = found.help.iter().map(|help| format!("\nhelp: {help}"));
    let related = found.labels.iter().map(|label| {
        let location =
            json!({ "uri": uri(&sources.get(label.span.file).path), "range": range(label.span, sources) });
        json!({ "location": location, "message": label.message })
    });
    json!({
        "rule": found.rule,
        "severity": if found.severity == Severity::Error { 1 } else { 2 },
        "range": range(found.span, sources),
        "message": std::iter::once(found.message.clone()).chain(help).collect::<String>(),
        "related": related.collect::<Vec<Value>>(),
    })
}

fn range(span: Span, sources: &Sources) -> Value {
    let text = &sources.get(span.file).text;
    let place = |offset: usize| place(text, boundary(text, offset));
    json!({ "start": place(span.range().start), "end": place(span.range().end) })
}

fn findings(items: &Value) -> Vec<Value> {
    let items = items.as_array().unwrap().iter();
    let found = items.map(|found| {
        json!({
            "rule": found["code"],
            "severity": found["severity"],
            "range": found["range"],
            "message": found["message"],
            "related": found.get("relatedInformation").cloned().unwrap_or(json!([])),
        })
    });
    found.collect()
}

/// The findings of a server for its whole workspace.
pub async fn told(editor: &mut Editor) -> Told {
    let answer = editor.request("workspace/diagnostic", json!({ "previousResultIds": [] })).await;
    let items = answer["result"]["items"].as_array().unwrap().iter();
    let told = items.map(|item| (item["uri"].as_str().unwrap().to_owned(), findings(&item["items"])));
    told.filter(|(_, found)| !found.is_empty()).collect()
}

/// Compares findings, and shows the first difference.
#[track_caller]
pub fn assert_told(told: &Told, expected: &Told, about: &str) {
    assert!(told.keys().eq(expected.keys()), "{about}: {:?} and {:?}", told.keys(), expected.keys());
    for (file, found) in told {
        let wanted = &expected[file];
        let different = found.iter().zip(wanted).find(|(found, wanted)| found != wanted);
        assert_eq!((different, found.len()), (None, wanted.len()), "{about}: {file}");
    }
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

#[tokio::test]
async fn the_editor_is_told_what_the_command_line_says() {
    let expected = expected(&examples(), &BTreeMap::new());
    let (mut editor, _) = Editor::start(Some(&examples()), Value::Null).await;
    let mut told = Told::new();
    while told.len() < expected.len() {
        let message = editor.receive().await;
        if message["method"] == "textDocument/publishDiagnostics" {
            let uri = message["params"]["uri"].as_str().unwrap().to_owned();
            told.insert(uri, findings(&message["params"]["diagnostics"]));
        }
    }
    assert_eq!(told, expected);
    let able = json!({ "textDocument": { "diagnostic": {} } });
    let (mut editor, _) = Editor::able(Some(&examples()), able).await;
    assert_eq!(self::told(&mut editor).await, expected);
}

/// Writes each example of a page to its own directory.
fn write_examples(page: &Path, root: &Path) {
    for (number, example) in book::examples(&fs::read_to_string(page).unwrap()).iter().enumerate() {
        let home = format!("{}-{number}-{}", page.file_stem().unwrap().display(), example.verdict);
        for (name, text) in &example.files {
            let path = root.join(&home).join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
}

/// Compares the server and the command line for the examples of some pages, in one workspace. Returns the number of
/// findings.
async fn same_findings(pages: &[PathBuf]) -> usize {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("ecslint.toml"), "[rules]\npedantic = \"warning\"\n").unwrap();
    pages.iter().for_each(|page| write_examples(page, root.path()));
    let expected = expected(root.path(), &BTreeMap::new());
    let able = json!({ "textDocument": { "diagnostic": {} } });
    let (mut editor, _) = Editor::able(Some(root.path()), able).await;
    assert_told(&told(&mut editor).await, &expected, &format!("{pages:?}"));
    expected.values().map(Vec::len).sum()
}

#[tokio::test]
async fn the_editor_is_told_of_the_rule_book_what_the_command_line_says() {
    let pages = [book::pages("rules"), book::pages("tests/cases")].concat();
    let mut findings = 0;
    for some in pages.chunks(16) {
        findings += same_findings(some).await;
    }
    assert!(findings > 500, "{findings} findings");
}

/// Pseudorandom numbers, the same in each run.
struct Dice(u64);

impl Dice {
    /// Returns a number below `most`.
    fn throw(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }
}

/// The texts to insert: pieces that cause syntax errors, characters of every size, and line breaks of every kind.
const PIECES: &[&str] = &[
    "", "", "", ",", "\"", "{", "}", "]", "\n", "\r\n", "\r", "ü", "😀", "x", "80", "${", "<<EOT\n", "null",
];

/// A position in a text: its offset, its line, and its column in UTF-16. Splits lines as the protocol does,
/// deliberately not with the server's code.
fn place(text: &str, offset: usize) -> Value {
    let before = text[..offset].replace("\r\n", "\u{1}\n").replace('\r', "\n");
    let line = before.matches('\n').count();
    let last = before.rsplit('\n').next().unwrap();
    json!({ "line": line, "character": last.encode_utf16().count() })
}

fn boundary(text: &str, offset: usize) -> usize {
    let offset = text.floor_char_boundary(offset);
    // A position between the two bytes of a line break does not exist in the protocol.
    if text[..offset].ends_with('\r') && text[offset..].starts_with('\n') { offset - 1 } else { offset }
}

/// Replaces a few characters of a text. Returns the edit in the protocol's form.
fn edit(text: &mut String, dice: &mut Dice) -> Value {
    let start = boundary(text, dice.throw(text.len() + 1));
    let end = boundary(text, (start + dice.throw(6)).min(text.len())).max(start);
    let piece = PIECES[dice.throw(PIECES.len())];
    let range = json!({ "start": place(text, start), "end": place(text, end) });
    text.replace_range(start..end, piece);
    json!([{ "range": range, "text": piece }])
}

/// Files that the walk of a directory does not find: ignored, downloaded, and with another extension.
#[tokio::test]
async fn an_open_file_that_is_passed_over_gets_the_findings_of_one_that_is_named() {
    let root = tempfile::tempdir().unwrap();
    let task = r#"{ "family": "web", "containerDefinitions": [{ "name": "web", "memory": 2, "mountPoints": [{ "sourceVolume": "x" }] }] }"#;
    let service = "# ecslint: ignore[unknown-volume] nothing\nresource \"aws_ecs_service\" \"a\" {\n  name = \"a\"\n  launch_type = \"X\"\n}\n";
    let files = [
        (".gitignore", "ignored*\n"),
        ("task.json", task),
        ("main.tf", service),
        ("ignored.json", task),
        ("ignored/main.tf", service),
        ("ignored/broken.json", "{ \"a\": 1 // comment\n"),
        ("ignored/settings.json", "{ \"a\": 1, // comment\n}\n"),
        (".terraform/modules/a/main.tf", service),
        ("node_modules/a/task.json", task),
        ("task.txt", task),
        ("task.yaml", "family: web\n"),
        ("task.toml", task),
        ("notes.md", "# Notes"),
        ("empty.txt", ""),
        ("terraform.tfvars", "a = "),
    ];
    for (name, text) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let able = json!({ "textDocument": { "diagnostic": {} } });
    let (mut editor, _) = Editor::able(Some(root.path()), able).await;
    let whole = expected(root.path(), &BTreeMap::new());
    assert_eq!(told(&mut editor).await, whole);
    for (name, text) in files {
        let path = root.path().join(name);
        editor.open(&path, text).await;
        let named = Some(path.clone()).filter(|_| !["task.json", "main.tf"].contains(&name));
        let paths: Vec<PathBuf> = [root.path().to_owned()].into_iter().chain(named).collect();
        let expected = expected_for(root.path(), &paths, &BTreeMap::new());
        let told_now = told(&mut editor).await;
        assert_told(&told_now, &expected, name);
        // An open file changes nothing in others.
        let others = |all: &Told| {
            all.iter().filter(|(file, _)| **file != uri(&path)).map(|(_, found)| found.len()).sum::<usize>()
        };
        assert_eq!(others(&told_now), others(&whole), "{name}");
        editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri(&path) } })).await;
        assert_told(&told(&mut editor).await, &whole, name);
    }
}

#[tokio::test]
async fn edits_at_random_leave_what_a_fresh_run_finds() {
    let root = examples();
    let mut sources = Sources::new(&root);
    discover::collect(&mut sources, std::slice::from_ref(&root));
    let inputs = sources.inputs().iter().map(|input| sources.get(input.file));
    let all: BTreeMap<PathBuf, String> =
        inputs.map(|source| (source.path.clone(), source.text.to_string())).collect();
    let paths: Vec<&PathBuf> = all.keys().collect();
    let able = json!({ "textDocument": { "diagnostic": {} } });
    let (mut editor, _) = Editor::able(Some(&root), able).await;
    let mut open: BTreeMap<PathBuf, String> = BTreeMap::new();
    let mut dice = Dice(0x00EC_511A);
    for step in 0..2000 {
        let path = paths[dice.throw(paths.len())];
        match (open.get_mut(path), dice.throw(40)) {
            (None, _) => {
                editor.open(path, &all[path]).await;
                open.insert(path.clone(), all[path].clone());
            }
            (Some(_), 0) => {
                editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri(path) } })).await;
                open.remove(path);
            }
            (Some(text), _) => {
                let change = edit(text, &mut dice);
                editor.edit(path, step + 2, change).await;
            }
        }
        if step % 50 == 49 {
            assert_told(&told(&mut editor).await, &expected(&root, &open), &format!("after step {step}"));
        }
    }
}
