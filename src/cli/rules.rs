//! `ecslint rules`.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::cli::exit::{CLEAN, Failure};
use crate::diagnostic::{Safety, Severity};
use crate::rules::{RULES, Rule};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How the list is written.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// One line a rule.
    #[default]
    Human,
    /// A list of objects.
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
    match arguments.format {
        Format::Human => RULES.iter().map(entry).try_for_each(|rule| {
            let fix = rule.fix.map(|fix| format!("{fix} fix")).unwrap_or_default();
            writeln!(
                out,
                "{:<36} {:<12} {:<8} {fix:<11} {}",
                rule.name, rule.category, rule.level, rule.title
            )
        })?,
        Format::Json => {
            let entries: Vec<Entry> = RULES.iter().map(entry).collect();
            serde_json::to_writer_pretty(&mut *out, &entries).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
    }
    Ok(CLEAN)
}

fn entry(rule: &Rule) -> Entry {
    Entry {
        name: rule.name,
        category: rule.category.name(),
        level: rule.category.severity().map_or("off", Severity::name),
        since: rule.since,
        fix: rule.fix.map(Safety::name),
        title: rule.title,
        url: rule.url(),
    }
}
