//! `ecslint explain`.

use std::io::{self, Write};

use clap::Args;

use crate::cli::style::Color;
use crate::cli::{CLEAN, Failure, no_such_rule};
use crate::report::human::Style;
use crate::rules::{self, Rule};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The rule.
    rule: String,
    /// When to use colours.
    #[arg(long, value_enum, default_value_t)]
    color: Color,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<u8, Failure> {
    let rule = rules::find(&arguments.rule).ok_or_else(|| no_such_rule(&arguments.rule))?;
    write(rule, arguments.color.style(), out)?;
    Ok(CLEAN)
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
