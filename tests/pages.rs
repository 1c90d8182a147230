//! Runs the examples of the rule pages in `rules/`, and the cases in `tests/cases/`, which have the same format.
//!
//! A fenced block is a file. Its info string has its language, its verdict and, if it matters, its name: `json bad`,
//! `hcl good`, `json unknown service.json`. A block `json and service.json` is another file of the preceding example.
//! A bad example is followed by a `text` block with its findings; `UPDATE=1 cargo test` writes these blocks. Good and
//! unknown examples must have no findings. Only the rule that the page is named after runs, and `syntax`.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use ecslint::Outcome;
use ecslint::config::RunOptions;
use ecslint::diagnostic::Safety;
use ecslint::fix::{self, FixResult};
use ecslint::report;
use ecslint::source::{Requested, Sources};

#[path = "shared/book.rs"]
mod book;
#[path = "pages/modules.rs"]
mod modules;
#[path = "shared/snapshot.rs"]
mod snapshot;
#[path = "pages/unknown.rs"]
mod unknown;

use book::{Example, examples, pages};

#[test]
fn every_rule_page_says_what_its_rule_finds() {
    run_all("rules");
}

#[test]
fn every_case_holds() {
    run_all("tests/cases");
}

#[test]
fn every_rule_has_a_bad_a_good_and_an_unknown_example() {
    for page in pages("rules") {
        let text = fs::read_to_string(&page).unwrap();
        let verdicts: Vec<String> = examples(&text).into_iter().map(|example| example.verdict).collect();
        for verdict in ["bad", "good", "unknown"] {
            let has = verdicts.iter().any(|found| found == verdict);
            let is_certain = page.ends_with("syntax.md") || page.ends_with("limit-reached.md");
            let exempt = is_certain && verdict == "unknown";
            assert!(has || exempt, "{} has no {verdict} example", page.display());
        }
    }
}

/// The rules whose page has an example in HCL and none in YAML, with the reason.
const WITHOUT_TEMPLATE: &[(&str, &str)] = &[
    ("awslogs-region-mismatch", "a template does not contain the region of its stack"),
    ("capacity-provider-without-force", "only Terraform's provider refuses the change"),
    ("limit-reached", "a template can have at most 500 resources"),
    ("parameter-in-other-region", "all parameters of a template are in the region of its stack"),
    ("task-definition-too-large", "a template has no loop over numbers, so the example would be too long"),
    ("terraform-error", "`cloudformation-error` reports the errors of templates"),
    ("terraform-ignored-argument", "CloudFormation sends all properties"),
];

#[test]
fn a_page_with_an_example_in_hcl_has_one_in_yaml() {
    for page in pages("rules") {
        let text = fs::read_to_string(&page).unwrap();
        let is_bad =
            |language: &str| text.lines().any(|line| line.starts_with(&format!("```{language} bad")));
        let name = page.file_stem().unwrap().to_str().unwrap();
        let is_exempt = WITHOUT_TEMPLATE.iter().any(|(rule, _)| *rule == name);
        assert!(!is_bad("hcl") || is_bad("yaml") != is_exempt, "{name}");
    }
}

#[test]
fn a_page_shows_the_surest_fix_of_its_rule() {
    for page in pages("rules").into_iter().chain(pages("tests/cases")) {
        let text = fs::read_to_string(&page).unwrap();
        let name = page.file_stem().unwrap().to_str().unwrap();
        let rule = ecslint::rules::find(name).unwrap_or_else(|| panic!("{} has no rule", page.display()));
        let options = RunOptions { select: vec![name.to_owned()], ..RunOptions::default() };
        for example in examples(&text).into_iter().filter(|example| example.verdict == "bad") {
            let (_, outcome) = check(&example.files, &options);
            for fix in outcome.diagnostics.iter().filter_map(|found| found.fix.as_ref()) {
                let shown = rule.fix == Some(Safety::Safe) || rule.fix == Some(fix.safety);
                assert!(shown, "{}: no example on the page of {name} has {fix:?}", page.display());
            }
        }
    }
}

#[test]
fn a_safe_fix_mends_its_finding_and_adds_none() {
    let mut mended = 0;
    for page in pages("rules").into_iter().chain(pages("tests/cases")) {
        let text = fs::read_to_string(&page).unwrap();
        for example in examples(&text).into_iter().filter(|example| example.verdict == "bad") {
            mended += mend(&example, &page);
        }
    }
    assert!(mended > 0);
}

#[test]
fn all_fixes_of_an_example_together_mend_their_findings_and_add_none() {
    for page in pages("rules").into_iter().chain(pages("tests/cases")) {
        let text = fs::read_to_string(&page).unwrap();
        for example in examples(&text).into_iter().filter(|example| example.verdict == "bad") {
            for least in [Safety::Safe, Safety::Unsafe] {
                mend_together(&example, least, &page);
            }
        }
    }
}

#[test]
fn fixes_leave_every_other_byte_alone() {
    let mut mended = 0;
    for page in pages("rules").into_iter().chain(pages("tests/cases")) {
        let text = fs::read_to_string(&page).unwrap();
        for example in examples(&text).into_iter().filter(|example| example.verdict == "bad") {
            for least in [Safety::Safe, Safety::Unsafe] {
                mended += keep(&example, least, &page);
            }
        }
    }
    assert!(mended > 0);
}

/// Fixes an example as it is, and with a byte order mark and Windows line endings. Returns the number of changed
/// files. Fixes must keep everything else, including the byte order mark and the line endings.
fn keep(example: &Example, least: Safety, page: &Path) -> usize {
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let files: Vec<(String, String)> =
        example.files.iter().map(|(name, text)| (name.clone(), windows(text))).collect();
    let (plain, marked) = (mended(&example.files, least), mended(&files, least));
    let (sources, outcome) = check(&example.files, &RunOptions::default());
    let mut offered = outcome.diagnostics.iter().filter(|found| fix::is_offered(found, least));
    for changed in &plain.changes {
        // Of several fixes, a later one may remove what an earlier one left.
        if let (1, Some(found)) = (plain.count, offered.next()) {
            let edits = &found.fix.as_ref().unwrap().edits;
            let ours = edits.iter().filter(|edit| sources.name(edit.span.file) == changed.name);
            let wanted = ours.rev().fold(changed.before.to_string(), |mut text, edit| {
                text.replace_range(edit.span.range(), &edit.text);
                text
            });
            assert_eq!(*changed.after, wanted, "{}", page.display());
        }
        let twin = marked.changes.iter().find(|twin| twin.name == changed.name);
        let after = twin.map(|twin| twin.after.as_ref());
        assert_eq!(after, Some(windows(&changed.after).as_str()), "{}: on Windows", page.display());
    }
    assert_eq!(plain.changes.len(), marked.changes.len(), "{}: on Windows", page.display());
    plain.changes.len()
}

/// The result of `--fix` for some files.
fn mended(files: &[(String, String)], least: Safety) -> FixResult {
    let open = |texts: &fix::Texts| {
        let laid = |(name, text): &(String, String)| {
            let over = texts.get(&Path::new("/").join(name)).map(ToString::to_string);
            (name.clone(), over.unwrap_or_else(|| text.clone()))
        };
        let files: Vec<(String, String)> = files.iter().map(laid).collect();
        sources(&files)
    };
    fix::apply_fixes(open, &RunOptions::default(), Some(least))
}

/// Fixes an example as `--fix` does.
fn mend_together(example: &Example, least: Safety, page: &Path) {
    let (_, before) = check(&example.files, &RunOptions::default());
    let mended = mended(&example.files, least);
    let offered =
        |outcome: &Outcome| outcome.diagnostics.iter().filter(|found| fix::is_offered(found, least)).count();
    let said = |outcome: &Outcome| -> Vec<String> {
        outcome.diagnostics.iter().map(|found| format!("{}: {}", found.rule, found.message)).collect()
    };
    let (first, left) = (said(&before), said(&mended.outcome));
    let page = page.display();
    assert_eq!(offered(&mended.outcome), 0, "{page}: {left:#?} still have fixes");
    assert_eq!(offered(&before) == 0, mended.changes.is_empty(), "{page}: {first:#?}");
    let new: Vec<&String> = left.iter().filter(|message| !first.contains(message)).collect();
    assert!(new.is_empty(), "{page}: fixing {first:#?} caused {new:#?}");
    assert!(left.len() + offered(&before) <= first.len(), "{page}: {first:#?} became {left:#?}");
}

/// Applies each safe fix of an example separately and checks again. Returns the number of fixes.
fn mend(example: &Example, page: &Path) -> usize {
    let everything = RunOptions::default();
    let (sources, outcome) = check(&example.files, &everything);
    let safe = outcome
        .diagnostics
        .iter()
        .filter(|found| found.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe));
    let mut mended = 0;
    for found in safe {
        let mut files = example.files.clone();
        for edit in found.fix.as_ref().unwrap().edits.iter().rev() {
            let name = sources.name(edit.span.file);
            let (_, text) = files.iter_mut().find(|(known, _)| *known == name).unwrap();
            text.replace_range(edit.span.range(), &edit.text);
        }
        let (_, after) = check(&files, &everything);
        let messages = |outcome: &Outcome| -> Vec<String> {
            let found = outcome.diagnostics.iter();
            let mut messages: Vec<String> =
                found.map(|found| format!("{}: {}", found.rule, found.message)).collect();
            messages.sort();
            messages
        };
        let (mut before, after) = (messages(&outcome), messages(&after));
        let itself = format!("{}: {}", found.rule, found.message);
        before.remove(before.iter().position(|message| *message == itself).unwrap());
        assert_eq!(after, before, "{}: without `{itself}` these remain", page.display());
        mended += 1;
    }
    mended
}

fn run_all(directory: &str) {
    let mut wrong = String::new();
    for page in pages(directory) {
        let text = fs::read_to_string(&page).unwrap();
        let rule = page.file_stem().unwrap().to_str().unwrap();
        let updated = run(&text, rule, &page, &mut wrong);
        if let Err(diff) = snapshot::compare(updated, snapshot::file(&page)) {
            wrong += &diff;
        }
    }
    assert!(wrong.is_empty(), "{wrong}\nrun with UPDATE=1 to write the findings of bad examples\n");
}

/// Checks the examples of a page, records what an update does not correct, and returns the page with the actual
/// findings.
fn run(page: &str, rule: &str, path: &Path, wrong: &mut String) -> String {
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    for example in examples(page).into_iter().rev() {
        let found = findings(&example.files, rule);
        let name =
            format!("{}: {} example {}", path.display(), example.verdict, example.files[0].1.lines().count());
        match (example.verdict.as_str(), example.expected) {
            ("bad", Some(range)) => {
                if found.is_empty() {
                    writeln!(wrong, "{name} has no finding:\n{}", example.files[0].1).unwrap();
                }
                lines.splice(range, found.lines().map(str::to_owned));
            }
            ("bad", None) => writeln!(wrong, "{name} is followed by no `text` block").unwrap(),
            _ if found.is_empty() => {}
            _ => writeln!(wrong, "{name} is not silent:\n{found}\n{}", example.files[0].1).unwrap(),
        }
    }
    lines.join("\n") + "\n"
}

fn findings(files: &[(String, String)], rule: &str) -> String {
    let options = RunOptions { select: vec![rule.to_owned(), "syntax".to_owned()], ..RunOptions::default() };
    let (sources, outcome) = check(files, &options);
    let mut out = Vec::new();
    report::plain::write(&outcome, &sources, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn sources(files: &[(String, String)]) -> Sources {
    let mut sources = Sources::new("/");
    for (name, text) in files {
        let file = sources.add(Path::new(name), text.as_str());
        sources.add_input(file, Requested::Explicit);
    }
    sources
}

fn check(files: &[(String, String)], options: &RunOptions) -> (Sources, Outcome) {
    let sources = sources(files);
    let outcome = ecslint::check(&sources, options);
    (sources, outcome)
}
