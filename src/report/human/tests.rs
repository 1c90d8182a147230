use std::path::Path;

use super::*;
use crate::diagnostic::Label;
use crate::report::style::Style;
use crate::source::{FileId, Span};

/// The report of one finding at the first `at`, with a label at each of the other words.
fn report(text: &str, at: &str, others: &[&str]) -> String {
    styled(text, at, others, Style::default())
}

fn styled(text: &str, at: &str, others: &[&str], style: Style) -> String {
    let mut sources = Sources::new("/");
    let file = sources.add(Path::new("task.json"), text);
    let span = |word: &str| find(file, text, word);
    let labels = others.iter().map(|word| Label { span: span(word), message: format!("is {word}") });
    let found = Diagnostic {
        rule: "syntax",
        severity: Severity::Error,
        message: "a\u{1b}[31m message\nof two lines".to_owned(),
        span: span(at),
        labels: labels.collect(),
        help: None,
        fix: None,
        resources: Vec::new(),
    };
    let outcome = Outcome { diagnostics: vec![found], ..Outcome::default() };
    let mut out = Vec::new();
    let written = write(&outcome, &sources, style, &mut out);
    assert!(written.is_ok());
    String::from_utf8(out).unwrap_or_default()
}

fn find(file: FileId, text: &str, word: &str) -> Span {
    let start = text.find(word).unwrap_or_default();
    Span::new(file, start, start + word.len())
}

/// Whether the report shows `word` with a mark in a row below it.
fn points_at(report: &str, word: &str) -> bool {
    let lines: Vec<Vec<char>> = report.lines().map(|line| line.chars().collect()).collect();
    (0..lines.len()).any(|index| {
        let shown: String = lines[index].iter().collect();
        let Some(at) = shown.find(word).map(|at| shown[..at].chars().count()) else { return false };
        let is_mark = |line: &&Vec<char>| line.iter().find(|c| **c != ' ') == Some(&'|');
        let mut marks = lines[index + 1..].iter().take_while(is_mark);
        marks.any(|row| {
            (at..at + word.chars().count()).all(|at| row.get(at).is_some_and(|c| "^-".contains(*c)))
        })
    })
}

#[test]
fn what_is_far_apart_on_one_line_is_shown_in_pieces() {
    let text = format!("{{\"one\":{}\"two\":{}\"three\"}}", "ü".repeat(200), "\u{1b}".repeat(400));
    let report = report(&text, "three", &["one", "two"]);
    for word in ["one", "two", "three"] {
        assert!(points_at(&report, word), "{report}");
    }
    assert!(report.contains("task.json:1:615"), "{report}");
}

#[test]
fn what_is_near_is_shown_in_one_piece() {
    let text = format!("{}\"one\":\"two\"{}", "-".repeat(500), "-".repeat(500));
    let report = report(&text, "two", &["one"]);
    assert!(points_at(&report, "one") && points_at(&report, "two"), "{report}");
    assert_eq!(report.matches("task.json").count(), 1, "{report}");
    assert!(report.contains("--> task.json:1:508"), "{report}");
}

#[test]
fn what_is_longer_than_the_window_shows_its_beginning() {
    let long = format!("\"{}\"", "x".repeat(1000));
    let text = format!("{}{long}", "-".repeat(150));
    let report = report(&text, &long, &[]);
    assert!(points_at(&report, "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"), "{report}");
}

#[test]
fn the_lines_of_a_file_are_shown_with_those_beside_them() {
    let report = report("a\r\nb\r\nc\r\nd\r\ne\r\nf\r\ng", "b", &["f"]);
    assert!(points_at(&report, "b") && points_at(&report, "f"), "{report}");
    assert!(!report.contains("| d"), "{report}");
}

#[test]
fn a_terminal_obeys_nothing_in_a_report() {
    let report = report("\u{1b}]0;title\u{7} x", "x", &[]);
    assert!(!report.contains(['\u{1b}', '\u{7}']));
    assert!(report.contains(r"a\u{1b}[31m message\nof two lines"), "{report}");
}

#[test]
fn a_narrow_terminal_shows_less_of_a_line() {
    let text = format!("{}\"one\":\"two\"{}", "-".repeat(100), "-".repeat(100));
    let narrow = |width| styled(&text, "two", &["one"], Style { width: Some(width), ..Style::default() });
    let report = narrow(60);
    assert!(points_at(&report, "one") && points_at(&report, "two"), "{report}");
    let shown = report.lines().filter(|line| line.contains("--"));
    assert!(shown.map(|line| line.chars().count()).all(|wide| wide <= 60), "{report}");
    assert!(points_at(&narrow(0), "two"));
}

#[test]
fn the_place_to_change_comes_first_and_long_labels_are_wrapped() {
    let text = format!("{{\n  \"first\": 1,\n\n\n{}\"second\": 2\n}}", " ".repeat(40));
    let mut sources = Sources::new("/");
    let file = sources.add(Path::new("task.json"), text.as_str());
    let long = "a fact that is too long for the room at the right of its mark on a narrow terminal";
    let label = |word: &str| Label { span: find(file, &text, word), message: long.to_owned() };
    let found = Diagnostic {
        rule: "syntax",
        severity: Severity::Warning,
        message: "a sentence that is too long for one line of a terminal with sixty columns".to_owned(),
        span: find(file, &text, "2"),
        labels: vec![label("first"), label("second")],
        help: Some("write something else here, which is a long sentence too".to_owned()),
        fix: Some(Fix { title: "write 3".to_owned(), safety: Safety::Unsafe, edits: Vec::new() }),
        resources: Vec::new(),
    };
    let outcome = Outcome { diagnostics: vec![found], ..Outcome::default() };
    let mut out = Vec::new();
    let style = Style { width: Some(60), ..Style::default() };
    assert!(write(&outcome, &sources, style, &mut out).is_ok());
    let report = String::from_utf8(out).unwrap_or_default();
    let expected = r#"warning[syntax]: a sentence that is too long for one line of
  a terminal with sixty columns
 --> task.json:5:51
  |
4 |
5 |                                         "second": 2
  |                                                   ^
  |                                          ------
  |                   a fact that is too long for the room
  |                   at the right of its mark on a narrow
  |                   terminal
6 | }

 ... task.json:2:4
  |
2 |   "first": 1,
  |    ----- a fact that is too long for the room at the
  |          right of its mark on a narrow terminal
  |
  = help: write something else here, which is a long
          sentence too (--fix --unsafe-fixes: write 3)
  = docs: ecslint explain syntax
"#;
    assert_eq!(report.trim_end(), expected.trim_end(), "{report}");
}
