//! Properties of the source that ARCHITECTURE.md promises, as far as reading the source can check them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// The directory of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Adds all files below a directory.
pub(crate) fn files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// The Rust files below a directory, with their paths from there and their texts.
pub(crate) fn below(directory: &str) -> Vec<(String, String)> {
    let top = root().join(directory);
    let mut paths = Vec::new();
    files(&top, &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&top).unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(&path).unwrap())
    };
    paths.into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs")).map(read).collect()
}

/// The Rust files of the program and of the evaluator. The names of the latter begin with `iac-eval/`.
pub(crate) fn sources() -> Vec<(String, String)> {
    let evaluator = below("crates/iac-eval/src").into_iter();
    below("src").into_iter().chain(evaluator.map(|(name, text)| (format!("iac-eval/{name}"), text))).collect()
}

/// Only files below `homes` may contain `word`.
fn only_in(word: &str, homes: &[&str]) {
    for (name, text) in sources() {
        let at_home = homes.iter().any(|home| name.starts_with(home));
        assert!(at_home || !text.contains(word), "{name} uses {word}");
    }
}

/// The code of a text, without comments and unit tests.
pub(crate) fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.map(|line| line.split(" // ").next().unwrap()).collect::<Vec<_>>().join("\n")
}

/// The top-level modules of `src`, each of which uses only those before it. ARCHITECTURE.md describes them.
const LAYERS: [&str; 21] = [
    "resource",
    "secrets",
    "suggest",
    "diagnostic",
    "schema",
    "workspace",
    "frontend",
    "view",
    "policy",
    "model",
    "rules",
    "config",
    "engine",
    "fix",
    "report",
    "graph",
    "error_lookup",
    "discover",
    "inspect",
    "lsp",
    "cli",
];

/// The modules of the evaluator, in the same order.
const EVALUATOR_LAYERS: [&str; 11] = [
    "parallel",
    "panic_guard",
    "similar",
    "source",
    "address",
    "value",
    "choice",
    "syntax",
    "terraform",
    "cloudformation",
    "terragrunt",
];

/// The modules that a text uses through `crate::`.
fn used(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for path in code(text).split("crate::").skip(1) {
        let names = match path.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap().split(',').collect(),
            None => vec![path],
        };
        let first = |name: &str| {
            let name = name.trim();
            name.split(|letter: char| !is_word(letter)).next().unwrap().to_owned()
        };
        found.extend(names.into_iter().map(first));
    }
    found
}

fn hold_to(layers: &[&str], files: Vec<(String, String)>) {
    let layer = |name: &str| layers.iter().position(|layer| *layer == name);
    for (name, text) in files.into_iter().filter(|(name, _)| !name.ends_with("tests.rs")) {
        let own = name.split('/').next().unwrap().trim_end_matches(".rs");
        if ["lib", "main"].contains(&own) {
            continue;
        }
        let own = layer(own).unwrap_or_else(|| panic!("{name} is in no layer"));
        for (module, above) in used(&text).iter().filter_map(|module| Some((module, layer(module)?))) {
            assert!(above <= own, "{name} uses {module}, which is a layer above it");
        }
    }
}

#[test]
fn each_layer_uses_only_those_before_it() {
    hold_to(&LAYERS, below("src"));
    hold_to(&EVALUATOR_LAYERS, below("crates/iac-eval/src"));
    let names: BTreeSet<String> =
        below("src").into_iter().map(|(name, _)| name.split(['/', '.']).next().unwrap().to_owned()).collect();
    assert!(names.len() <= 23, "{names:?}");
}

#[test]
fn only_front_ends_know_their_formats() {
    let homes = ["frontend/terraform", "frontend/cloudformation", "frontend/plan", "diagnostic/edit"];
    let resource_type = Regex::new(r#"["`.]aws_\w"#).unwrap();
    for (name, text) in below("src") {
        let is_home = homes.iter().any(|home| name.starts_with(home)) || name.ends_with("tests.rs");
        if is_home {
            continue;
        }
        let text = code(&text);
        assert!(!resource_type.is_match(&text), "src/{name} names a resource type of Terraform");
        for word in ["Dialect", "is_terraform("] {
            assert!(
                !text.contains(word) || name.starts_with("schema"),
                "src/{name} asks which format it is: {word}"
            );
        }
    }
}

#[test]
fn each_library_has_one_home() {
    only_in("miette::", &["report/human"]);
    only_in("hcl_edit::", &[]);
    only_in("tower_lsp::", &["lsp.rs", "lsp/"]);
    only_in("clap::", &["cli.rs", "cli/"]);
    only_in("granit_parser::", &["iac-eval/syntax/yaml"]);
    only_in("ignore::", &["discover", "config/paths.rs"]);
    only_in("toml::de", &["iac-eval/syntax/toml.rs"]);
    only_in("quick_xml::", &["report/checkstyle.rs", "report/junit.rs", "report/xml.rs"]);
    only_in("rustix::", &["cli/pipe.rs", "lsp/", "iac-eval/source"]);
}

#[test]
fn files_are_read_in_one_place() {
    only_in("std::fs", &["iac-eval/source", "cli/write", "lsp/tests"]);
    only_in("File::open", &["iac-eval/source"]);
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
    let allowed = ["address", "syntax", "policy", "model", "view", "diagnostic", "rules", "value", "suggest"];
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
        assert!(text.starts_with("//!") || name.ends_with("tests.rs"), "{name} has no module documentation");
        assert!(text.lines().count() <= 400, "{name} is long: is it still one thing?");
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
        assert!(!marks.iter().any(|mark| text.contains(mark)), "{name} leaves something for later");
    }
}

#[test]
fn every_rule_page_quotes_what_aws_answers_if_it_has_evidence() {
    for rule in ecslint::rules::RULES.iter().filter(|rule| !rule.evidence.is_empty()) {
        assert!(rule.text().contains("\n> "), "rules/{}.md quotes nothing", rule.name);
    }
}
