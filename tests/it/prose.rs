//! No text contains the unambiguous patterns that CONTRIBUTING.md advises against in its section "Language".

use std::fs;
use std::path::PathBuf;

use regex::Regex;

use crate::tidy::{below, files, root};

/// The patterns, each with better words.
const PATTERNS: [(&str, &str); 10] = [
    ("(?:is|are) no", "is not a, is not a valid"),
    ("(?:asked|asks) for", "requests, requires"),
    ("goes with(?:out)?", "can be combined with, does not have"),
    ("beside", "next to, and"),
    ("anew", "again"),
    (r"mend\w*", "fix"),
    ("sells?", "support"),
    ("told", "reported, known"),
    ("gravely", "severely"),
    ("for ever", "indefinitely"),
];

/// Correct phrases that contain a pattern, and inline code.
const ALLOWED: &str = r"(?i)\bthere (?:is|are) no\b|\b(?:is|are) no (?:longer|more than)\b|`[^`]*`";

/// The directories with Markdown documents, in addition to the root.
const DIRECTORIES: [&str; 9] =
    ["rules", "tests/cases", "docs", "editors", "npm", "packaging", "playground", "schemas", "crates"];

/// Numbered lines of a text.
type Lines<'t> = Vec<(usize, &'t str)>;

/// The prose of a Markdown document: all lines except quotations, code that is not a finding, and the section that
/// names the patterns.
fn prose(document: &str) -> Lines<'_> {
    let (mut fence, mut names_patterns) = (None, false);
    let mut lines = numbered(document);
    lines.retain(|(_, line)| {
        if let Some(language) = line.trim_start().strip_prefix("```").filter(|_| !line.starts_with("    ")) {
            fence = if fence.is_some() { None } else { Some(language) };
            return false;
        }
        if line.starts_with("## ") {
            names_patterns = *line == "## Language";
        }
        !names_patterns && !line.starts_with('>') && fence.is_none_or(|language| language == "text")
    });
    lines
}

/// The doc comments of a Rust file.
fn doc_comments(source: &str) -> Lines<'_> {
    let mut lines = numbered(source);
    lines.retain(|(_, line)| ["///", "//!"].iter().any(|mark| line.trim_start().starts_with(mark)));
    lines
}

fn numbered(text: &str) -> Lines<'_> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line)).collect()
}

/// The Markdown documents: their names and texts.
fn documents() -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path()).collect();
    DIRECTORIES.iter().for_each(|directory| files(&root().join(directory), &mut paths));
    paths.retain(|path| path.extension().is_some_and(|end| end == "md"));
    paths.retain(|path| !path.components().any(|part| part.as_os_str() == "node_modules"));
    let name = |path: &PathBuf| path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
    paths.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn every_text_is_in_plain_english() {
    let patterns =
        PATTERNS.map(|(words, better)| (Regex::new(&format!(r"(?i)\b{words}\b")).unwrap(), better));
    let allowed = Regex::new(ALLOWED).unwrap();
    let mut found = String::new();
    let mut check = |name: &str, lines: Lines| {
        for (number, line) in lines {
            let line = allowed.replace_all(line, "\u{2026}");
            for (words, better) in &patterns {
                for word in words.find_iter(&line) {
                    found += &format!("{name}:{number}: \"{}\": write {better}\n", word.as_str());
                }
            }
        }
    };
    documents().iter().for_each(|(name, text)| check(name, prose(text)));
    check("tests/it/help.txt", numbered(include_str!("help.txt")));
    for directory in ["src", "crates", "playground/src"] {
        let sources = below(directory);
        sources.iter().for_each(|(name, text)| check(&format!("{directory}/{name}"), doc_comments(text)));
    }
    assert!(found.is_empty(), "{found}");
}
