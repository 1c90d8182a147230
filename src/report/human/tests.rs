use std::path::Path;

use super::*;
use crate::diagnostic::Label;
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

/// Whether the report shows `word` with a mark right below it.
fn points_at(report: &str, word: &str) -> bool {
    let lines: Vec<Vec<char>> = report.lines().map(|line| line.chars().collect()).collect();
    lines.windows(2).any(|pair| {
        let shown: String = pair[0].iter().collect();
        let Some(at) = shown.find(word).map(|at| shown[..at].chars().count()) else { return false };
        let below = |column: usize| pair[1].get(column).is_some_and(|c| "─┬".contains(*c));
        (at..at + word.chars().count()).all(below)
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
    assert!(!report.contains(" d"), "{report}");
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
