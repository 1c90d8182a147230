//! The book says what the program says. Its pages are made by `docs/build`, which needs Python.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{directory, run};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path).unwrap()
}

/// Every page of the book, by its path.
fn book() -> (tempfile::TempDir, Vec<(PathBuf, String)>) {
    let scratch = directory(&[]);
    let out = scratch.path().join("book");
    let made = Command::new("python3")
        .arg(Path::new(ROOT).join("docs/build"))
        .args(["--program", env!("CARGO_BIN_EXE_ecslint"), "--sources"])
        .arg(&out)
        .output()
        .expect("python3 is installed");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut open = vec![out];
    let mut pages = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()))
        } else {
            pages.push((path.clone(), read(&path)))
        }
    }
    (scratch, pages)
}

/// What stands in parentheses behind brackets, outside of code.
fn links(text: &str) -> Vec<String> {
    let mut code = false;
    let lines = text.lines().filter(|line| {
        code ^= line.starts_with("```");
        !code
    });
    let targets = lines.flat_map(|line| line.split("](").skip(1).filter_map(|rest| rest.split(')').next()));
    targets.map(str::to_owned).collect()
}

/// The words that begin with two hyphens.
fn options(text: &str) -> BTreeSet<String> {
    let starts = text.match_indices("--").map(|(at, _)| at);
    let is_first =
        |at: &usize| !text[..*at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '-');
    let word = |at: usize| {
        let rest = &text[at + 2..];
        let end =
            rest.find(|letter: char| !letter.is_ascii_lowercase() && letter != '-').unwrap_or(rest.len());
        format!("--{}", &rest[..end])
    };
    starts.filter(is_first).map(word).filter(|word| word.len() > 2 && !word.ends_with('-')).collect()
}

fn commands() -> Vec<String> {
    let (_, help, _) = run(Path::new(ROOT), &["--help"]);
    let (_, listed) = help.split_once("Commands:\n").unwrap();
    let lines = listed.lines().take_while(|line| !line.is_empty());
    lines.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

#[test]
fn every_rule_command_and_option_has_its_place_in_the_book() {
    let (_scratch, pages) = book();
    let page = |end: &str| &pages.iter().find(|(path, _)| path.ends_with(end)).unwrap().1;
    let summary = page("book/SUMMARY.md");
    for rule in ecslint::rules::RULES {
        assert!(summary.contains(&format!("(rules/{}.md)", rule.name)), "{}", rule.name);
        assert!(page(&format!("rules/{}.md", rule.name)).contains(&format!("# {}\n", rule.title)));
        assert!(page("book/rules.md").contains(&format!("[{}]", rule.name)));
    }
    for command in commands() {
        let (_, help, _) = run(Path::new(ROOT), &[&command, "--help"]);
        let text = page(&format!("commands/{command}.md"));
        let headings: String = text.lines().filter(|line| line.starts_with("### ")).collect();
        let listed: String =
            help.lines().filter(|line| line.trim_start().starts_with('-') && !line.contains("- ")).collect();
        for option in options(&listed) {
            assert!(options(&headings).contains(&option), "{command} {option}: {text}");
        }
    }
    let schema: serde_json::Value =
        serde_json::from_str(&read(Path::new(ROOT).join("schemas/ecslint.schema.json"))).unwrap();
    for setting in schema["properties"].as_object().unwrap().keys() {
        let page = page("book/settings.md");
        assert!(page.contains(&format!("### `{setting}`")) || page.contains(&format!("### `[[{setting}]]`")));
    }
}

#[test]
fn every_link_in_the_book_leads_somewhere() {
    let (_scratch, pages) = book();
    for (path, text) in &pages {
        for link in links(text).iter().filter(|link| !link.contains("://")) {
            let target = path.parent().unwrap().join(link.split('#').next().unwrap());
            assert!(target.exists(), "{}: {link}", path.display());
        }
    }
    let summary = &pages.iter().find(|(path, _)| path.ends_with("SUMMARY.md")).unwrap().1;
    for (path, _) in pages.iter().filter(|(path, _)| !path.ends_with("SUMMARY.md")) {
        let name = path.to_str().unwrap().rsplit_once("/book/").unwrap().1;
        assert!(summary.contains(&format!("({name})")), "{name} is not in the book");
    }
}

#[test]
fn no_page_speaks_of_options_that_are_not_there() {
    let mut known: BTreeSet<String> = commands()
        .iter()
        .flat_map(|command| options(&run(Path::new(ROOT), &[command, "--help"]).1))
        .collect();
    known.extend(options(&run(Path::new(ROOT), &["--help"]).1));
    // Those of cargo, maturin and the AWS CLI.
    known.extend(["--profile", "--release", "--path", "--cluster", "--services"].map(str::to_owned));
    let written = fs::read_dir(Path::new(ROOT).join("docs/src")).unwrap().map(|page| page.unwrap().path());
    let pages = written
        .chain(["README.md", "CHANGELOG.md", "editors/README.md"].map(|page| Path::new(ROOT).join(page)));
    for page in pages {
        let unknown: Vec<String> = options(&read(&page)).difference(&known).cloned().collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", page.display());
    }
}

#[test]
fn every_check_of_another_linter_is_on_the_page_for_those_who_come_from_it() {
    let (_scratch, pages) = book();
    let page = &pages.iter().find(|(path, _)| path.ends_with("book/migrating.md")).unwrap().1;
    for line in read(Path::new(ROOT).join("tests/peers.tsv")).lines().skip(1) {
        let check = line.split('\t').nth(1).unwrap();
        assert!(page.contains(&format!("| `{check}`")), "{check}");
    }
    for linter in ["cfn-lint", "checkov", "tflint", "trivy", "KICS", "cdk-preflight", "Security Hub"] {
        assert!(page.contains(&format!("\n## {linter}")), "{linter}");
    }
}
