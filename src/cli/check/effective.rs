//! The options that select settings, and those that show what is in effect.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use crate::cli::exit::Failure;
use crate::cli::inputs::Settings;
use crate::config::{Paths, RunOptions};
use crate::engine;
use crate::report::obeyed::one_line;
use crate::report::plain;
use crate::secrets;
use crate::source::{FileId, Sources};

#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// Settings file to use for all files, instead of the nearest ecslint.toml above each file.
    #[arg(long, value_name = "FILE", help_heading = "Settings")]
    config: Option<PathBuf>,
    /// Disregard all settings files.
    #[arg(long, conflicts_with = "config", help_heading = "Settings")]
    isolated: bool,
    /// Do not report findings in these files, which are still read; a pattern with the syntax of .gitignore, can be
    /// repeated.
    #[arg(long, value_name = "GLOB", help_heading = "Settings")]
    exclude: Vec<String>,
    /// Print the settings that apply to the files, and check nothing.
    #[arg(long, help_heading = "Settings")]
    show_settings: bool,
    /// Print the files whose findings are reported, and check nothing.
    #[arg(long, conflicts_with = "show_settings", help_heading = "Settings")]
    show_files: bool,
}

impl Arguments {
    /// The settings files that apply.
    pub(super) fn settings(&self) -> Settings {
        match &self.config {
            Some(path) => Settings::Only(path.clone()),
            None if self.isolated => Settings::Isolated,
            None => Settings::Nearest,
        }
    }

    /// The excluded paths, relative to the current directory.
    pub(super) fn excluded(&self) -> Result<Option<Paths>, Failure> {
        let (paths, wrong) = Paths::new(&std::env::current_dir()?, self.exclude.iter().map(String::as_str));
        match wrong.first() {
            Some((index, why)) => Err(Failure::Usage(format!("--exclude {}: {why}", self.exclude[*index]))),
            None => Ok((!self.exclude.is_empty()).then_some(paths)),
        }
    }

    /// Whether something is shown instead of a check.
    pub(super) fn shows(&self) -> bool {
        self.show_settings || self.show_files
    }

    /// Prints what the options request.
    pub(super) fn show(
        &self,
        sources: &Sources,
        options: &RunOptions,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let reading = engine::read(sources);
        let mut files: Vec<FileId> = reading.workspace.files();
        files.sort_by_cached_key(|file| sources.name(*file));
        if self.show_settings {
            let text = secrets::redacted(&reading.config.shown(&files, sources));
            return text.lines().try_for_each(|line| writeln!(out, "{}", one_line(line)));
        }
        let mut reported =
            files.into_iter().filter(|file| !options.excludes(&sources.get(*file).path, &reading.config));
        reported.try_for_each(|file| writeln!(out, "{}", plain::path(&sources.name(file))))
    }
}
