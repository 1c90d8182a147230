//! `ecslint check`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::Outcome;
use crate::cli::check::output::Output;
use crate::cli::check::progress::Progress;
use crate::cli::exit::{CLEAN, EMPTY, FAILED, FINDINGS, Failure};
use crate::cli::git;
use crate::cli::inputs::{Inputs, report_skipped};
use crate::cli::names::{self, Offered};
use crate::cli::variables::Variables;
use crate::config::RunOptions;
use crate::diagnostic::{Safety, Severity};
use crate::discover::{self, Collected};
use crate::fix::{self, FixResult};
use crate::report::style::Style;
use crate::source::{Sources, Unreadable};

mod baseline;
mod effective;
mod fixed;
mod ignores;
mod known;
mod output;
mod pictures;
mod progress;
mod summary;
mod unknown;
mod watch;

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("fixing").args(["fix", "diff"]).multiple(true))]
pub(super) struct Arguments {
    /// Files and directories to check (default: the current directory); use `-` for standard input.
    paths: Vec<PathBuf>,
    #[command(flatten)]
    reports: output::Arguments,
    /// Run only these rules and categories.
    #[arg(long, value_name = "RULE|CATEGORY", value_delimiter = ',', value_parser = Offered(names::rules_and_categories), hide_possible_values = true, help_heading = "Findings")]
    select: Vec<String>,
    /// Skip these rules and categories.
    #[arg(long, value_name = "RULE|CATEGORY", value_delimiter = ',', value_parser = Offered(names::rules_and_categories), hide_possible_values = true, help_heading = "Findings")]
    ignore: Vec<String>,
    /// Check only this scenario of each root module that has it; can be repeated.
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = "Findings")]
    scenario: Vec<String>,
    #[command(flatten)]
    effective: effective::Arguments,
    #[command(flatten)]
    known: known::Arguments,
    #[command(flatten)]
    ignores: ignores::Arguments,
    /// Report only findings that involve files changed since this Git revision.
    #[arg(
        long,
        value_name = "REV",
        conflicts_with = "write_baseline",
        allow_hyphen_values = true,
        help_heading = "Findings"
    )]
    since: Option<String>,
    /// Check again whenever a file changes.
    #[arg(long, conflicts_with_all = ["diff", "write_baseline"])]
    watch: bool,
    /// Lowest severity that fails the run.
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t, help_heading = "Findings")]
    fail_on: FailOn,
    /// Same as --fail-on never.
    #[arg(long, conflicts_with = "fail_on", help_heading = "Findings")]
    exit_zero: bool,
    /// Exit with status 3 if there is no ECS configuration to check.
    #[arg(long, help_heading = "Findings")]
    fail_on_empty: bool,
    /// Apply safe fixes; with standard input, write the fixed text to standard output.
    #[arg(long, help_heading = "Fixes")]
    fix: bool,
    /// Also apply unsafe fixes (review them); requires --fix or --diff.
    #[arg(long, requires = "fixing", help_heading = "Fixes")]
    unsafe_fixes: bool,
    /// Print the changes that --fix would make as a patch, without changing files; exits with status 1 if there are
    /// any.
    #[arg(long, conflicts_with_all = ["format", "template"], help_heading = "Fixes")]
    diff: bool,
    /// File name to use for standard input (default: stdin.json).
    #[arg(long, value_name = "FILE")]
    stdin_filename: Option<PathBuf>,
    #[command(flatten)]
    variables: Variables,
    /// List unknown values, and the rules that could not be decided because of them.
    #[arg(long, help_heading = "Reports")]
    show_unknown: bool,
    /// Do not print the summary.
    #[arg(short, long, help_heading = "Reports")]
    quiet: bool,
}

impl Arguments {
    /// The lowest safety of the fixes to apply; `None` if no fixes are applied.
    fn wanted(&self) -> Option<Safety> {
        let least = if self.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
        (self.fix || self.diff).then_some(least)
    }

    /// The lowest severity that fails the run.
    fn fail_on(&self) -> FailOn {
        if self.exit_zero { FailOn::Never } else { self.fail_on }
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum FailOn {
    /// Errors.
    #[default]
    Error,
    /// Errors and warnings.
    Warning,
    /// Never fail because of findings.
    Never,
}

impl FailOn {
    fn fails(self, outcome: &Outcome) -> bool {
        match self {
            FailOn::Error => outcome.count(Severity::Error) > 0,
            FailOn::Warning => !outcome.diagnostics.is_empty(),
            FailOn::Never => false,
        }
    }
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, Failure> {
    if !arguments.watch {
        return once(arguments, out, err).map(|(code, _)| code);
    }
    if arguments.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Failure::Usage("--watch does not support standard input".to_owned()));
    }
    let written = arguments.reports.files();
    let paths = if arguments.paths.is_empty() { vec![PathBuf::from(".")] } else { arguments.paths.clone() };
    watch::Watch { paths, written }.run(err, |err| once(arguments, out, err))
}

/// Checks once. Also returns the sources as they are after the fixes.
fn once(arguments: &Arguments, out: &mut dyn Write, err: &mut dyn Write) -> Result<(u8, Sources), Failure> {
    let options = options(arguments)?;
    let outputs = arguments.reports.outputs()?;
    let inputs = Inputs::new(&arguments.paths, arguments.stdin_filename.as_deref(), &arguments.variables)?
        .with_settings(arguments.effective.settings())?;
    let known = arguments.known.read()?;
    let mut collected = Collected::default();
    let mut open = |texts: &fix::Texts| {
        let (sources, unread) = inputs.open(texts);
        collected = unread;
        sources
    };
    if arguments.effective.shows() {
        let sources = open(&fix::Texts::new());
        let Collected { skipped, .. } = collected;
        arguments.effective.show(&sources, &options, out)?;
        report_skipped(&skipped, err)?;
        return Ok((if skipped.is_empty() { CLEAN } else { FAILED }, sources));
    }
    let progress = (!arguments.quiet).then(Progress::start);
    let mut fixed = fix::apply_fixes(open, &options, arguments.wanted());
    drop(progress);
    let Collected { mut skipped, foreign } = collected;
    expect_scenarios(&arguments.scenario, &fixed.outcome)?;
    fixed.outcome.foreign_files = discover::foreign(&fixed.sources, &foreign);
    let passed_over = discover::passed_over(&fixed.sources, &skipped);
    // A path outside the repository does not belong to this project; its content is unknown, as pipeline values are.
    let is_unread = passed_over.iter().any(|skipped| skipped.why != Unreadable::Outside);
    let could_run = skipped.is_empty() && !is_unread && fixed.outcome.is_whole();
    let is_cut = fixed.outcome.limits().next().is_some();
    skipped.extend(passed_over);
    if arguments.known.write(&fixed, err)? {
        fixed::write_files(&fixed.changes, inputs.stdin(&fixed.sources).as_deref())?;
        report_skipped(&skipped, err)?;
        summary::write_incomplete(&fixed.outcome, err)?;
        return Ok((if could_run && !is_cut { CLEAN } else { FAILED }, fixed.sources));
    }
    arguments.known.apply(known.as_ref(), &mut fixed, options.is_whole(), err)?;
    if arguments.ignores.add(&fixed, err)? {
        report_skipped(&skipped, err)?;
        summary::write_incomplete(&fixed.outcome, err)?;
        return Ok((if could_run && !is_cut { CLEAN } else { FAILED }, fixed.sources));
    }
    let stdin = inputs.stdin(&fixed.sources);
    match (arguments.diff, arguments.fix, &stdin) {
        (true, ..) => fixed::write_diff(&fixed, arguments.reports.color().style(), out, err)?,
        // Standard output is the fixed text, so that the command can be used in a pipe.
        (_, true, Some(path)) => {
            fixed::write_files(&fixed.changes, Some(path))?;
            fixed::write_text(path, &fixed.sources, out)?;
            arguments.reports.write_all(&outputs, &fixed, err)?;
        }
        _ => {
            fixed::write_files(&fixed.changes, None)?;
            arguments.reports.write_all(&outputs, &fixed, out)?;
        }
    }
    out.flush()?;
    say(arguments, &outputs, &fixed, err)?;
    report_skipped(&skipped, err)?;
    summary::write_incomplete(&fixed.outcome, err)?;
    let saw_anything = skipped.is_empty() || !fixed.outcome.files.is_empty();
    if !arguments.quiet && saw_anything && output::is_for_people(&outputs) {
        let done = if arguments.diff { "Would fix" } else { "Fixed" };
        let mut text = Vec::new();
        summary::write(&fixed, done, &mut text)?;
        summary::write_foreign(&fixed.outcome.foreign_files, &mut text)?;
        err.write_all(arguments.reports.color().style().wrapped(&text).as_bytes())?;
    }
    let would_change = arguments.diff && !fixed.changes.is_empty();
    let code = match (could_run, arguments.fail_on().fails(&fixed.outcome) || would_change) {
        (false, _) => FAILED,
        (true, true) => FINDINGS,
        (true, false) if is_cut => FAILED,
        (true, false) if arguments.fail_on_empty && fixed.outcome.files.is_empty() => EMPTY,
        (true, false) => CLEAN,
    };
    Ok((code, fixed.sources))
}

/// Prints the lists that the options request and the named files without ECS configuration.
fn say(arguments: &Arguments, outputs: &[Output], fixed: &FixResult, err: &mut dyn Write) -> io::Result<()> {
    if arguments.show_unknown {
        unknown::write(&fixed.outcome, &fixed.sources, err)?;
    }
    if arguments.reports.counts() {
        if !output::has_statistics(outputs) {
            summary::write_statistics(&fixed.outcome, Style::default(), err)?;
        }
        if !arguments.show_unknown {
            unknown::write_causes(&fixed.outcome, &fixed.sources, err)?;
        }
    }
    summary::write_not_ours(&fixed.outcome, &fixed.sources, err)
}

/// Fails if no unit has a selected scenario.
fn expect_scenarios(selected: &[String], outcome: &Outcome) -> Result<(), Failure> {
    let known = &outcome.scenarios;
    match selected.iter().find(|name| !known.iter().any(|known| known == name)) {
        None => Ok(()),
        Some(name) if known.is_empty() => {
            Err(Failure::Usage(format!("--scenario {name}: there are no scenarios")))
        }
        Some(name) => Err(Failure::Usage(format!(
            "--scenario {name}: there is no such scenario; the scenarios are {}",
            known.join(", ")
        ))),
    }
}

fn options(arguments: &Arguments) -> Result<RunOptions, Failure> {
    let (select, ignore) = (arguments.select.clone(), arguments.ignore.clone());
    let partial = !arguments.paths.is_empty() && !arguments.paths.iter().any(|path| path.is_dir());
    let since = arguments.since.as_deref();
    let only = since.map(|revision| git::changed_since(revision, &std::env::current_dir()?)).transpose()?;
    let scenarios = arguments.scenario.clone();
    let (exclude, suppressed) = (arguments.effective.excluded()?, arguments.ignores.suppressed());
    let options =
        RunOptions { select, ignore, scenarios, partial, only, exclude, suppressed, ..RunOptions::default() };
    let mut selected = options.select.iter().chain(&options.ignore);
    selected.try_for_each(|name| names::expect_rule_or_category(name))?;
    Ok(options)
}
