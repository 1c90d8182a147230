//! Markdown, for comments on pull requests and summaries of jobs: a table of the findings, and each of them with its lines.

use std::io::{self, Write};

use crate::Outcome;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::human;
use crate::report::markup::html;
use crate::report::obeyed::one_line;
use crate::report::plain::{counted, place};
use crate::report::style::Style;
use crate::rules;
use crate::source::Sources;

/// Writes the findings.
///
/// # Errors
/// Write errors of `out`.
pub fn write(outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let errors = counted(outcome.count(Severity::Error), "error");
    let warnings = counted(outcome.count(Severity::Warning), "warning");
    writeln!(out, "## ecslint: {errors}, {warnings} in {}\n", counted(outcome.files.len(), "file"))?;
    if outcome.diagnostics.is_empty() {
        return Ok(());
    }
    writeln!(out, "| level | finding | place |\n|---|---|---|")?;
    outcome.diagnostics.iter().try_for_each(|found| write_row(found, sources, out))?;
    outcome.diagnostics.iter().try_for_each(|found| write_lines(found, outcome, sources, out))
}

fn write_row(found: &Diagnostic, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let page = rules::find(found.rule).map(rules::Rule::url).unwrap_or_default();
    let (message, place) = (prose(&one_line(&found.message)), code(&place(found.span, sources)));
    writeln!(out, "| {} | {message} ([{}]({page})) | {place} |", found.severity.name(), found.rule)
}

/// Writes a finding as the human report does, folded.
fn write_lines(
    found: &Diagnostic,
    outcome: &Outcome,
    sources: &Sources,
    out: &mut dyn Write,
) -> io::Result<()> {
    let text = human::text(found, outcome, sources, Style::default());
    let fence = "`".repeat(longest_run(&text).max(2) + 1);
    let place = html(&place(found.span, sources));
    writeln!(out, "\n<details><summary>{}: {place}</summary>\n", found.rule)?;
    writeln!(out, "{fence}text\n{}\n{fence}\n\n</details>", text.trim_end())
}

/// The length of the longest sequence of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// A sentence with names in backticks. What is between two backticks becomes code; in the rest, nothing is markup, even if
/// a name contains a backtick.
fn prose(sentence: &str) -> String {
    let mut parts = sentence.split('`').enumerate().peekable();
    let mut text = String::new();
    while let Some((index, part)) = parts.next() {
        let is_closed = index % 2 == 1 && parts.peek().is_some();
        match (is_closed, index % 2) {
            (true, _) if part.is_empty() => text.push_str("\\`\\`"),
            (true, _) => text.push_str(&code(part)),
            (false, 1) => text.push_str(&format!("\\`{}", words(part))),
            (false, _) => text.push_str(&words(part)),
        }
    }
    text
}

/// Code in a cell of a table, in which a bar has to be escaped.
fn code(text: &str) -> String {
    let fence = "`".repeat(longest_run(text) + 1);
    // A space is removed at both ends, if there is one at both.
    let space = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{space}{}{space}{fence}", text.replace('|', "\\|"))
}

/// Text without markup. A name after `@` would be notified, so the mark is code.
fn words(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '@' => escaped.push_str("`@`"),
            '\\' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '!' | '|' | '~' | '$' | '&' => {
                escaped.extend(['\\', c]);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_code_and_nothing_else_is_markup() {
        for (sentence, shown) in [
            ("`a|b` is 1", "`a\\|b` is 1"),
            ("x <img src=y> ![a](b) @all", "x \\<img src=y\\> \\!\\[a\\](b) `@`all"),
            ("a ` b", "a \\` b"),
            ("`` is empty", "\\`\\` is empty"),
            ("`a`<b>`c`", "`a`\\<b\\>`c`"),
        ] {
            assert_eq!(prose(sentence), shown);
        }
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
    }
}
