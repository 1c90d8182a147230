//! Several files in one input: each begins with a line `=== name`; text before the first such line is `main.tf` or
//! `task.json`.

use std::path::Path;

use ecslint::fix::Texts;
use ecslint::source::{Requested, Sources};

/// The line that begins a file.
pub const MARK: &str = "=== ";

/// The directory of the files, which does not exist on disk.
pub const BASE: &str = "/nowhere";

/// Maximum number of files, which is enough for any case.
const MOST: usize = 12;

/// A file's name and text.
pub type File = (String, String);

/// The files of an input, if it is UTF-8.
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

/// Makes names stay below the base directory, so that no file of the machine is read.
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

/// The files as sources of a run, with some texts replaced.
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
