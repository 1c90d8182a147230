//! `ecslint check`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::cli::check::output::{Output, OutputParser};
use crate::cli::style::Color;
use crate::cli::variables::Variables;
use crate::cli::{CLEAN, FAILED, FINDINGS, Failure, no_such_rule, paths};
use crate::config::Config;
use crate::diagnostic::Severity;
use crate::report::plain::one_line;
use crate::rules::{self, Category};
use crate::sources::{Asked, Sources};
use crate::walk::{self, Refusal};
use crate::{Outcome, check};

mod output;
mod summary;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files and directories to check; `-` is standard input, and none is the current directory.
    paths: Vec<PathBuf>,
    /// How findings are written, and where; may be given several times, each with a file but one.
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = OutputParser)]
    format: Vec<Output>,
    /// Run only these rules or categories.
    #[arg(long, value_name = "RULE|CATEGORY", value_delimiter = ',')]
    select: Vec<String>,
    /// Leave out these rules or categories.
    #[arg(long, value_name = "RULE|CATEGORY", value_delimiter = ',')]
    ignore: Vec<String>,
    /// The least severity that fails the run.
    #[arg(long, value_enum, default_value_t)]
    fail_on: FailOn,
    /// The name that standard input goes by.
    #[arg(long, value_name = "FILE", default_value = "stdin.json")]
    stdin_filename: PathBuf,
    #[command(flatten)]
    variables: Variables,
    /// List the values that are not known, and which rules could not judge them.
    #[arg(long)]
    show_unknown: bool,
    /// Print no summary.
    #[arg(short, long)]
    quiet: bool,
    /// When to use colours.
    #[arg(long, value_enum, default_value_t)]
    color: Color,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum FailOn {
    /// Errors.
    #[default]
    Error,
    /// Errors and warnings.
    Warning,
    /// Nothing does.
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
    let config = config(arguments)?;
    let outputs = output::outputs(&arguments.format)?;
    let (mut sources, refusals) = sources(&arguments.paths, &arguments.stdin_filename)?;
    arguments.variables.give(&mut sources)?;
    let outcome = check(&sources, &config);
    output::write_all(&outputs, arguments.color, &outcome, &sources, out)?;
    if arguments.show_unknown {
        summary::write_unknown(&outcome, &sources, err)?;
    }
    say_refusals(&refusals, err)?;
    summary::write_not_ours(&outcome, &sources, err)?;
    if !arguments.quiet && output::is_for_people(&outputs) {
        summary::write(&outcome, err)?;
    }
    Ok(match (refusals.is_empty(), arguments.fail_on.fails(&outcome)) {
        (false, _) => FAILED,
        (true, true) => FINDINGS,
        (true, false) => CLEAN,
    })
}

fn config(arguments: &Arguments) -> Result<Config, Failure> {
    let config = Config { select: arguments.select.clone(), ignore: arguments.ignore.clone() };
    let mut names = config.select.iter().chain(&config.ignore);
    let unknown = names.find(|name| rules::find(name).is_none() && Category::parse(name).is_none());
    unknown.map_or(Ok(config.clone()), |name| Err(no_such_rule(name)))
}

/// The files to check, and the paths that cannot be.
pub(super) fn sources(given: &[PathBuf], stdin_name: &Path) -> Result<(Sources, Vec<Refusal>), Failure> {
    let mut sources = Sources::new(std::env::current_dir()?);
    let (stdin, files): (Vec<PathBuf>, Vec<PathBuf>) =
        paths(given).into_iter().partition(|path| path.as_os_str() == "-");
    let mut refusals = Vec::new();
    if !stdin.is_empty() {
        refusals.extend(read_stdin(&mut sources, stdin_name).err());
    }
    refusals.extend(walk::collect(&mut sources, &files));
    Ok((sources, refusals))
}

fn read_stdin(sources: &mut Sources, name: &Path) -> Result<(), Refusal> {
    let read = sources.add_read(name, io::stdin().lock());
    let file = read.map_err(|why| Refusal { path: PathBuf::from("standard input"), why })?;
    sources.ask(file, Asked::Named);
    let around = sources.absolute(name);
    sources.allow(&walk::root(around.parent().unwrap_or(&around)));
    Ok(())
}

pub(super) fn say_refusals(refusals: &[Refusal], err: &mut dyn Write) -> io::Result<()> {
    refusals.iter().try_for_each(|refusal| {
        let path = one_line(&refusal.path.to_string_lossy());
        writeln!(err, "ecslint: {path}: {}", refusal.why)
    })
}
