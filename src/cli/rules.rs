//! `ecslint rules`.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use serde::Serialize;
use textwrap::core::display_width;

use crate::cli::exit::{CLEAN, Failure};
use crate::cli::names::{self, Offered};
use crate::cli::style::Color;
use crate::diagnostic::{Safety, Severity};
use crate::report::human::wrapping;
use crate::report::style::{Role, Style};
use crate::rules::{Category, RULES, Rule};

/// The columns of the mark of a fix, with a blank on both sides.
const FIX: usize = 8;

/// A title with less room than this stands below the name.
const ROOM: usize = 24;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// List only these rules or categories.
    #[arg(long, value_name = "RULE|CATEGORY", value_delimiter = ',', value_parser = Offered(names::rules_and_categories), hide_possible_values = true)]
    select: Vec<String>,
    /// List only the rules that offer a fix.
    #[arg(long)]
    fixable: bool,
    /// The format of the list.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// When to use colors.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    color: Color,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// One line per rule, grouped by category.
    #[default]
    Human,
    /// An array of objects.
    Json,
}

#[derive(Serialize)]
struct Entry {
    name: &'static str,
    category: &'static str,
    level: &'static str,
    since: &'static str,
    fix: Option<&'static str>,
    title: &'static str,
    url: String,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<u8, Failure> {
    arguments.select.iter().try_for_each(|name| names::expect_rule_or_category(name))?;
    let rules: Vec<&Rule> = RULES.iter().filter(|rule| arguments.lists(rule)).collect();
    match arguments.format {
        Format::Human => write_groups(&rules, arguments.color.style(), out)?,
        Format::Json => {
            let entries: Vec<Entry> = rules.into_iter().map(entry).collect();
            serde_json::to_writer_pretty(&mut *out, &entries).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
    Ok(CLEAN)
}

impl Arguments {
    fn lists(&self, rule: &Rule) -> bool {
        let is_selected = |name: &String| name == rule.name || name == rule.category.name();
        (self.select.is_empty() || self.select.iter().any(is_selected))
            && (!self.fixable || rule.fix.is_some())
    }
}

/// The rules of each category below its name.
fn write_groups(rules: &[&Rule], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let names = rules.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let mut is_first = true;
    for category in Category::ALL {
        let group: Vec<&&Rule> = rules.iter().filter(|rule| rule.category == category).collect();
        if group.is_empty() {
            continue;
        }
        if !is_first {
            writeln!(out)?;
        }
        is_first = false;
        writeln!(
            out,
            "{} ({}): {}",
            style.paint(Role::Strong, category.name()),
            level(category),
            category.summary()
        )?;
        group.iter().try_for_each(|rule| write_rule(rule, names, style, out))?;
    }
    Ok(())
}

fn write_rule(rule: &Rule, names: usize, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let fix = match rule.fix {
        Some(Safety::Safe) => "fix",
        Some(Safety::Unsafe) => "unsafe",
        None => "",
    };
    let start = 2 + names + FIX;
    let name = format!("{}{:pad$}", style.link(&rule.url(), rule.name), "", pad = names - rule.name.len());
    write!(out, "  {name} {}{:pad$}", style.paint(Role::Quiet, fix), "", pad = FIX - 1 - fix.len())?;
    let Some(width) = style.width else { return writeln!(out, "{}", rule.title) };
    let room = width.saturating_sub(start);
    if display_width(rule.title) <= room {
        return writeln!(out, "{}", rule.title);
    }
    let (indent, lines) = if room >= ROOM {
        (start, textwrap::wrap(rule.title, wrapping(room)))
    } else {
        writeln!(out)?;
        (6, textwrap::wrap(rule.title, wrapping(width.saturating_sub(6).max(1))))
    };
    for (index, line) in lines.iter().enumerate() {
        let indent = if index == 0 && room >= ROOM { 0 } else { indent };
        writeln!(out, "{:indent$}{line}", "")?;
    }
    Ok(())
}

fn level(category: Category) -> &'static str {
    category.severity().map_or("off", Severity::name)
}

fn entry(rule: &Rule) -> Entry {
    Entry {
        name: rule.name,
        category: rule.category.name(),
        level: level(rule.category),
        since: rule.since,
        fix: rule.fix.map(Safety::name),
        title: rule.title,
        url: rule.url(),
    }
}
