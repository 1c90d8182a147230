//! The examples of the rule pages.

use std::fs;
use std::path::{Path, PathBuf};

/// The pages in a directory.
pub fn pages(directory: &str) -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    let files = fs::read_dir(directory).unwrap().map(|file| file.unwrap().path());
    let mut pages: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|found| found == "md")).collect();
    pages.sort();
    pages
}

/// One example: its files, and the lines of the page with its findings.
pub struct Example {
    pub verdict: String,
    pub files: Vec<(String, String)>,
    pub expected: Option<std::ops::Range<usize>>,
}

/// The examples of a page, in order.
pub fn examples(page: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((_, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let body: Vec<(usize, &str)> = lines.by_ref().take_while(|(_, line)| *line != "```").collect();
        let text: String = body.iter().map(|(_, line)| format!("{line}\n")).collect();
        let mut words = info.split(' ');
        let language = words.next().unwrap();
        match (language, words.next(), words.next()) {
            ("text", None, None) => {
                let start =
                    body.first().map_or_else(|| line_after(page, line, &examples), |(number, _)| *number);
                let example = examples.last_mut().unwrap();
                example.expected.get_or_insert(start..start + body.len());
            }
            (_, Some("and"), Some(name)) => examples.last_mut().unwrap().files.push((name.to_owned(), text)),
            (_, Some(verdict @ ("bad" | "good" | "unknown")), name) => {
                let name = name.unwrap_or(match language {
                    "hcl" => "main.tf",
                    "yaml" => "stack.yaml",
                    _ => "task.json",
                });
                let files = vec![(name.to_owned(), text)];
                examples.push(Example { verdict: verdict.to_owned(), files, expected: None });
            }
            _ => panic!("a fence without a language or a verdict: {line}"),
        }
    }
    examples
}

/// The number of the line after an empty `text` fence of the last example.
fn line_after(page: &str, fence: &str, examples: &[Example]) -> usize {
    let before = examples.iter().filter(|example| example.expected.is_some()).count();
    let fences = page.lines().enumerate().filter(|(_, line)| *line == fence);
    fences.map(|(number, _)| number + 1).nth(before).unwrap()
}
