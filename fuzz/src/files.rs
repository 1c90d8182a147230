//! Several files in one input: a line `=== name` begins each; what comes before the first is `main.tf` or `task.json`.

use std::path::Path;

use ecslint::fix::Texts;
use ecslint::source::{Requested, Sources};

/// The line that begins a file.
pub const MARK: &str = "=== ";

/// Where the files lie; no such directory is on the disk.
pub const BASE: &str = "/nowhere";

/// So many files are enough to show anything.
const MOST: usize = 12;

/// A file's name and text.
pub type File = (String, String);

/// The files of an input, if it is a text.
pub fn read(data: &[u8]) -> Option<Vec<File>> {
    let text = std::str::from_utf8(data).ok()?;
    let mut files: Vec<File> = Vec::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix(MARK).map(str::trim) {
            Some(name) if is_name(name) && files.iter().all(|(known, _)| known != name) => {
                files.push((name.to_owned(), String::new()));
            }
            _ => match files.last_mut() {
                Some((_, text)) => text.push_str(line),
                None => {
                    let name =
                        if line.trim_start().starts_with(['{', '[']) { "task.json" } else { "main.tf" };
                    files.push((name.to_owned(), line.to_owned()));
                }
            },
        }
    }
    (files.len() <= MOST).then_some(files)
}

/// Names that stay below the base, so that nothing of the machine is met.
fn is_name(name: &str) -> bool {
    let letters = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    name.len() < 100
        && !name.is_empty()
        && name.chars().all(letters)
        && !name.contains("..")
        && !name.starts_with('/')
        && !name.ends_with('/')
        && !name.contains("//")
}

/// The files as the sources of a run, with some texts laid over them.
pub fn open<'f>(files: impl IntoIterator<Item = &'f File>, texts: &Texts) -> Sources {
    let mut sources = Sources::new(BASE);
    for (name, text) in files {
        let path = Path::new(BASE).join(name);
        let text = texts.get(&path).cloned().unwrap_or_else(|| text.as_str().into());
        let file = sources.add(&path, text);
        sources.add_input(file, Requested::Discovered);
    }
    sources
}
