//! The language server reports the same findings as the command line, regardless of the edits and their order.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ecslint::config::RunOptions;
use ecslint::source::Sources;
use ecslint::{check, discover};
use serde_json::{Value, json};

use super::editor::{Editor, uri};
use crate::book;

/// The findings of a file: rule, and line counted from 0.
pub type Told = BTreeMap<String, Vec<(String, u64)>>;

/// The findings of the command line below a directory, with some texts instead of the files on disk.
pub fn expected(root: &Path, texts: &BTreeMap<PathBuf, String>) -> Told {
    let mut sources = Sources::new(root);
    for (path, text) in texts {
        sources.add(path, text.as_str());
    }
    discover::collect(&mut sources, &[root.to_owned()]);
    let mut found = Told::new();
    for diagnostic in &check(&sources, &RunOptions::default()).diagnostics {
        let source = sources.get(diagnostic.span.file);
        let line = u64::from(source.position(diagnostic.span.start).line) - 1;
        found.entry(uri(&source.path)).or_default().push((diagnostic.rule.to_owned(), line));
    }
    found
}

fn findings(items: &Value) -> Vec<(String, u64)> {
    let items = items.as_array().unwrap().iter();
    let found = items.map(|found| {
        let line = found["range"]["start"]["line"].as_u64().unwrap();
        (found["code"].as_str().unwrap().to_owned(), line)
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
    assert_eq!(told(&mut editor).await, expected, "{pages:?}");
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
            assert_eq!(told(&mut editor).await, expected(&root, &open), "after step {step}");
        }
    }
}
