//! `ecslint explain`.

use std::io::{self, Write};

use clap::Args;

use crate::answers;
use crate::cli::style::Color;
use crate::cli::{CLEAN, Failure, no_such_rule};
use crate::report::human::Style;
use crate::rules::{self, Rule};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The rule, or what AWS answered: the error alone, or the whole line that holds it.
    #[arg(required = true, value_name = "RULE|ERROR")]
    about: Vec<String>,
    /// When to use colours.
    #[arg(long, value_enum, default_value_t)]
    color: Color,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<u8, Failure> {
    let about = arguments.about.join(" ");
    let rule = match rules::find(&about) {
        Some(rule) => rule,
        None if about.trim().contains(char::is_whitespace) => {
            answers::rule_for(&about).ok_or_else(no_such_answer)?
        }
        None => return Err(no_such_rule(&about)),
    };
    write(rule, arguments.color.style(), out)?;
    Ok(CLEAN)
}

fn no_such_answer() -> Failure {
    Failure::Usage("no rule's page quotes that answer; `ecslint rules` lists them all".to_owned())
}

fn write(rule: &Rule, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let level = rule.category.severity().map_or("off", crate::diagnostic::Severity::name);
    let mut lines = rule.text().lines();
    let title = lines.next().unwrap_or_default().trim_start_matches("# ");
    writeln!(out, "{}: {title}", emphasised(rule.name, style))?;
    writeln!(out, "{}, {level}, since {}", rule.category.name(), rule.since)?;
    lines.try_for_each(|line| writeln!(out, "{}", shown(line, style)))
}

fn shown(line: &str, style: Style) -> String {
    match (style.colour, line) {
        (true, line) if line.starts_with('>') => format!("\u{1b}[33m{line}\u{1b}[0m"),
        (true, line) if line.starts_with("```") => format!("\u{1b}[2m{line}\u{1b}[0m"),
        (_, line) => line.to_owned(),
    }
}

fn emphasised(text: &str, style: Style) -> String {
    match style.colour {
        true => format!("\u{1b}[1m{text}\u{1b}[0m"),
        false => text.to_owned(),
    }
}
