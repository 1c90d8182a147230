//! What ARCHITECTURE.md promises of the source, as far as reading it can tell.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(&path, found),
            false => found.push(path),
        }
    }
}

/// The Rust files below `src`, with their paths from there and their texts.
pub fn sources() -> Vec<(String, String)> {
    let src = root().join("src");
    let mut paths = Vec::new();
    files(&src, &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&src).unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(&path).unwrap())
    };
    paths.into_iter().map(read).collect()
}

/// Only files below `homes` may contain `word`.
fn only_in(word: &str, homes: &[&str]) {
    for (name, text) in sources() {
        let at_home = homes.iter().any(|home| name.starts_with(home));
        assert!(at_home || !text.contains(word), "src/{name} uses {word}");
    }
}

#[test]
fn each_library_has_one_home() {
    only_in("miette::", &["report/human"]);
    only_in("hcl_edit::", &["syntax/hcl/"]);
    only_in("tower_lsp::", &["lsp.rs", "lsp/"]);
    only_in("clap::", &["cli.rs", "cli/"]);
    only_in("granit_parser::", &["syntax/yaml"]);
    only_in("ignore::", &["walk.rs", "config/paths.rs"]);
    only_in("toml::de", &["syntax/toml.rs"]);
    only_in("quick_xml::", &["report/checkstyle.rs", "report/junit.rs"]);
    only_in("rustix::", &["cli/pipe.rs", "lsp/", "sources/"]);
}

#[test]
fn files_are_read_in_one_place() {
    only_in("std::fs", &["sources.rs", "sources/read.rs", "write.rs"]);
    only_in("File::open", &["sources/read.rs"]);
    only_in("std::env", &["cli.rs", "cli/"]);
    only_in("TcpStream", &[]);
    only_in("UdpSocket", &[]);
}

#[test]
fn git_is_the_only_program_that_is_started_and_in_one_place() {
    only_in("process::Command", &["cli/git.rs"]);
    only_in("Command::new(", &["cli/git.rs"]);
    let (_, text) = sources().into_iter().find(|(name, _)| name == "cli/git.rs").unwrap();
    assert_eq!(text.matches("Command::new(").count(), text.matches("Command::new(\"git\")").count());
}

#[test]
fn rules_know_the_model_and_nothing_below_it() {
    let allowed =
        ["address", "syntax", "model", "value", "project", "diagnostic", "rules", "node", "nearest"];
    for (name, text) in sources().into_iter().filter(|(name, _)| name.starts_with("rules/")) {
        for path in text.split("crate::").skip(1) {
            let module =
                path.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap();
            assert!(allowed.contains(&module), "src/{name} uses crate::{module}");
        }
    }
}

#[test]
fn no_rule_uses_another_one() {
    let rules: Vec<&str> = ecslint::rules::RULES.iter().map(|rule| rule.name).collect();
    let is_rule = |word: &&str| rules.contains(&word.replace('_', "-").as_str());
    for (name, text) in sources().into_iter().filter(|(name, _)| name.starts_with("rules/")) {
        let uses = text.split("\nuse ").skip(1).filter_map(|rest| rest.split(';').next());
        let paths = ["super::", "rules::"].into_iter().flat_map(|start| text.split(start).skip(1));
        let paths = paths.filter_map(|rest| rest.split(|letter: char| !is_word(letter)).next());
        let uses = uses.filter(|path| path.starts_with("super") || path.starts_with("crate::rules"));
        let mut words = uses.flat_map(|path| path.split(|letter: char| !is_word(letter))).chain(paths);
        assert_eq!(
            words.find(is_rule),
            None,
            "src/{name} uses another rule: what they share is rules/support's"
        );
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[test]
fn every_file_says_what_it_is_for_and_is_short_enough_to_read() {
    for (name, text) in sources() {
        assert!(
            text.starts_with("//!") || name.ends_with("tests.rs"),
            "src/{name} does not say what it is for"
        );
        assert!(text.lines().count() <= 400, "src/{name} is long: is it still one thing?");
    }
}

#[test]
fn nothing_is_left_for_later() {
    let marks = [
        "TO".to_owned() + "DO",
        "FIX".to_owned() + "ME",
        "unimplemented".to_owned() + "!",
        "to".to_owned() + "do!(",
    ];
    for (name, text) in sources() {
        assert!(!marks.iter().any(|mark| text.contains(mark)), "src/{name} leaves something for later");
    }
}

#[test]
fn every_rule_page_quotes_what_aws_answers_if_it_has_evidence() {
    for rule in ecslint::rules::RULES.iter().filter(|rule| !rule.evidence.is_empty()) {
        assert!(rule.text().contains("\n> "), "rules/{}.md quotes nothing", rule.name);
    }
}
