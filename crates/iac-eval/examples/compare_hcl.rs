//! Compares the HCL parser with hcl-edit on the `.tf` files below a directory: which files each accepts, and whether their trees are
//! the same.
//!
//! ```sh
//! cargo run --release -p iac-eval --example compare_hcl -- DIRECTORY
//! ```

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

use iac_eval::source::FileId;
use iac_eval::syntax::hcl;

#[path = "../tests/differential/outline.rs"]
mod outline;

#[expect(clippy::print_stdout, reason = "its output is a report")]
fn main() {
    let Some(directory) = env::args_os().nth(1) else { panic!("no directory is given") };
    let mut files = Vec::new();
    collect(Path::new(&directory), &mut files);
    files.sort();
    let (mut accepted, mut same, mut bytes, mut time) = (0, 0, 0, Duration::ZERO);
    let mut count = 0;
    for path in &files {
        let Ok(text) = fs::read_to_string(path) else { continue };
        count += 1;
        bytes += text.len();
        let start = Instant::now();
        let parsed = hcl::parse(FileId(0), &text);
        time += start.elapsed();
        let expected = hcl_edit::parser::parse_body(&text);
        accepted += usize::from(parsed.errors.is_empty());
        match (parsed.errors.first(), expected) {
            (None, Ok(expected)) => {
                let (ours, theirs) = (outline::of_body(&parsed.body), outline::of_hcl_edit(&expected));
                same += usize::from(ours == theirs);
                let differing = ours.lines().zip(theirs.lines()).find(|(ours, theirs)| ours != theirs);
                if let Some((ours, theirs)) = differing {
                    println!("{}: other tree\n  {ours}\n  {theirs}", path.display());
                }
            }
            (Some(error), expected) => {
                let line = text[..error.span.range().start].lines().count();
                let who = if expected.is_ok() { "only hcl-edit accepts it" } else { "both reject it" };
                println!("{}:{line}: {who}: {}", path.display(), error.message);
            }
            (None, Err(error)) => {
                println!("{}: only hcl-edit rejects it: {}", path.display(), error.message())
            }
        }
    }
    let speed = bytes as f64 / 1e6 / time.as_secs_f64();
    println!("{count} files, {accepted} accepted, {same} with the same tree; {speed:.0} MB/s");
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if let Ok(entries) = fs::read_dir(path) {
        entries.flatten().for_each(|entry| collect(&entry.path(), files));
    } else if path.extension().is_some_and(|end| end == "tf") {
        files.push(path.to_owned());
    }
}
