//! `ecslint explain`.

use std::io::{self, Write};

use clap::Args;

use crate::cli::exit::{CLEAN, Failure, nothing_named};
use crate::cli::names::{self, Offered};
use crate::cli::style::Color;
use crate::diagnostic::Severity;
use crate::error_lookup::{self, Match};
use crate::report::style::{Role, Style};
use crate::rules::{self, Rule};

mod code;
mod page;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A rule, or an error of AWS: the error alone, or the whole line that contains it.
    #[arg(required = true, value_name = "RULE|ERROR", value_parser = Offered(names::rules), hide_possible_values = true)]
    about: Vec<String>,
    /// When to use colors.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    color: Color,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<u8, Failure> {
    let about = arguments.about.join(" ");
    let style = arguments.color.style();
    match rules::find(&about) {
        Some(rule) => write_rule(rule, style, out)?,
        None if about.trim().contains(char::is_whitespace) => write_error(&about, style, out)?,
        None => return Err(nothing_named("rule", &about, names::rules(), "ecslint rules")),
    }
    Ok(CLEAN)
}

/// The columns of output that is not a terminal.
const COLUMNS: usize = 100;

/// Writes the page of a rule as text.
fn write_rule(rule: &Rule, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let level = rule.category.severity().map_or("off", Severity::name);
    let (title, body) = rule.text().split_once('\n').unwrap_or_default();
    let title = title.trim_start_matches("# ");
    writeln!(out, "{}: {title}", style.paint(Role::Strong, rule.name))?;
    let fix = rule.fix.map(|fix| format!(", {} fix", fix.name())).unwrap_or_default();
    writeln!(out, "{}, {level}, since {}{fix}", rule.category.name(), rule.since)?;
    write!(out, "{}", page::rendered(body, style.width.unwrap_or(COLUMNS), style))
}

/// What finds the cause of an error of AWS.
fn write_error(error: &str, style: Style, out: &mut dyn Write) -> Result<(), Failure> {
    let matches = error_lookup::matches(error);
    match &matches[..] {
        [] => Err(Failure::Usage(
            "no known error of AWS is like this one; `ecslint rules` lists all rules".to_owned(),
        )),
        [found, ..] if found.is_exact => write_exact(found, style, out).map_err(Failure::from),
        all => write_candidates(all, style, out).map_err(Failure::from),
    }
}

fn write_exact(found: &Match, style: Style, out: &mut dyn Write) -> io::Result<()> {
    if let Some((condition, reason)) = found.uncovered {
        writeln!(out, "AWS returns this error if {condition}.")?;
        return writeln!(out, "No rule can find it before you deploy: {reason}.");
    }
    let Some((rule, others)) = found.rules.split_first() else { return Ok(()) };
    write_rule(rule, style, out)?;
    if others.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", style.paint(Role::Strong, "Other causes of this error"))?;
    others.iter().try_for_each(|rule| writeln!(out, "  {}: {}", rule.name, rule.title))
}

fn write_candidates(all: &[Match], style: Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "No known error of AWS is exactly this one. The closest are:")?;
    for found in all {
        let cause = match (&found.rules[..], found.uncovered) {
            ([rule, ..], _) => format!("{}: {}", style.paint(Role::Strong, rule.name), rule.title),
            ([], Some((condition, reason))) => format!("(no rule): {condition}; {reason}"),
            ([], None) => continue,
        };
        writeln!(out, "\n  {cause}")?;
        if let Some(answer) = &found.answer {
            writeln!(out, "  {}", style.paint(Role::Quote, &format!("> {answer}")))?;
        }
    }
    writeln!(out, "\n`ecslint explain RULE` shows the page of a rule.")
}
