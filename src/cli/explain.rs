//! `ecslint explain`.

use std::io::{self, Write};

use clap::Args;

use crate::cli::exit::{CLEAN, Failure, nothing_named};
use crate::cli::names::{self, Offered};
use crate::cli::style::Color;
use crate::error_lookup;
use crate::report::style::Style;
use crate::rules::{self, Rule};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The rule, or what AWS answered: the error alone, or the whole line that holds it.
    #[arg(required = true, value_name = "RULE|ERROR", value_parser = Offered(names::rules), hide_possible_values = true)]
    about: Vec<String>,
    /// When to use colours.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    color: Color,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<u8, Failure> {
    let about = arguments.about.join(" ");
    let rule = match rules::find(&about) {
        Some(rule) => rule,
        None if about.trim().contains(char::is_whitespace) => {
            error_lookup::rule_for_error(&about).ok_or_else(no_such_answer)?
        }
        None => {
            return Err(nothing_named("rule", &about, names::rules(), "ecslint rules"));
        }
    };
    write(rule, arguments.color.style(), out)?;
    Ok(CLEAN)
}

fn no_such_answer() -> Failure {
    Failure::Usage("no rule's page quotes that answer; `ecslint rules` lists them all".to_owned())
}

fn write(rule: &Rule, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let level = rule.category.severity().map_or("off", crate::diagnostic::Severity::name);
    let (title, body) = rule.text().split_once('\n').unwrap_or_default();
    let title = title.trim_start_matches("# ");
    writeln!(out, "{}: {title}", emphasised(rule.name, style))?;
    let fix = rule.fix.map(|fix| format!(", {} fix", fix.name())).unwrap_or_default();
    writeln!(out, "{}, {level}, since {}{fix}", rule.category.name(), rule.since)?;
    let body = style.width.map_or_else(|| body.to_owned(), |width| fitted(body, width));
    body.lines().try_for_each(|line| writeln!(out, "{}", shown(line, style)))
}

/// A page whose paragraphs fill the lines of a terminal; code, tables, lists and quotes stay as they are.
fn fitted(page: &str, width: usize) -> String {
    let width = width.min(100);
    let mut code = false;
    let mut fitted = String::new();
    let mut paragraph: Vec<&str> = Vec::new();
    for line in page.lines().chain([""]) {
        let is_fence = line.starts_with("```");
        if !code && !is_fence && line.starts_with(|first: char| first.is_alphanumeric() || first == '`') {
            paragraph.push(line);
            continue;
        }
        code ^= is_fence;
        if !paragraph.is_empty() {
            fitted.push_str(&textwrap::fill(&paragraph.join(" "), width));
            fitted.push('\n');
            paragraph.clear();
        }
        fitted.push_str(line);
        fitted.push('\n');
    }
    fitted.truncate(fitted.trim_end().len());
    fitted
}

fn shown(line: &str, style: Style) -> String {
    match (style.colour, line) {
        (true, line) if line.starts_with('>') => format!("\u{1b}[33m{line}\u{1b}[0m"),
        (true, line) if line.starts_with("```") => format!("\u{1b}[2m{line}\u{1b}[0m"),
        (_, line) => line.to_owned(),
    }
}

fn emphasised(text: &str, style: Style) -> String {
    if style.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_fill_the_lines_and_code_stays() {
        let page = "\nOne two\nthree four.\n\n```json\n{ \"five six\": 7 }\n```\n\n| eight nine ten |\nend\n";
        let fitted = fitted(page, 10);
        let wanted =
            "\nOne two\nthree\nfour.\n\n```json\n{ \"five six\": 7 }\n```\n\n| eight nine ten |\nend";
        assert_eq!(fitted, wanted);
    }
}
