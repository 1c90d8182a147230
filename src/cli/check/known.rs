//! `--baseline` and `--write-baseline`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::check::baseline::Baseline;
use crate::cli::exit::Failure;
use crate::cli::write;
use crate::fix::FixResult;
use crate::report::plain;
use crate::report::plain::counted;
use crate::source;

#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// Report only findings that are not in this file, which --write-baseline creates.
    #[arg(long, value_name = "FILE", help_heading = "Findings")]
    baseline: Option<PathBuf>,
    /// Write all findings to this file as known findings, and do not fail because of them.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "diff"], help_heading = "Findings")]
    write_baseline: Option<PathBuf>,
}

impl Arguments {
    /// Returns the known findings, if a baseline is given.
    pub(super) fn read(&self) -> Result<Option<Baseline>, Failure> {
        let Some(path) = &self.baseline else { return Ok(None) };
        let text = source::read(path).map_err(|why| failure(path, &why))?;
        Baseline::parse(&text).map(Some).map_err(|why| failure(path, &why))
    }

    /// Writes the findings as known findings. Returns whether `--write-baseline` was given.
    pub(super) fn write(&self, checked: &FixResult, err: &mut dyn Write) -> Result<bool, Failure> {
        let Some(path) = &self.write_baseline else { return Ok(false) };
        let baseline = Baseline::new(&checked.outcome, &checked.sources);
        write::report(path, baseline.text().as_bytes())
            .map_err(|error| failure(path, &format!("cannot write the file: {error}")))?;
        let path = plain::path(&path.to_string_lossy());
        writeln!(err, "Wrote {} to {path}.", counted(baseline.count(), "finding"))?;
        Ok(true)
    }

    /// Removes the known findings, and prints how many of them were not found again. A run over a part of a project or
    /// with only some rules prints nothing, because the others were not searched for.
    pub(super) fn apply(
        &self,
        known: Option<&Baseline>,
        checked: &mut FixResult,
        is_whole: bool,
        err: &mut dyn Write,
    ) -> Result<(), Failure> {
        let (Some(known), Some(path)) = (known, &self.baseline) else { return Ok(()) };
        let gone = known.apply(&mut checked.outcome, &checked.sources);
        if gone > 0 && is_whole {
            let (path, gone) = (plain::path(&path.to_string_lossy()), counted(gone, "known finding"));
            writeln!(
                err,
                "ecslint: {path}: {gone} no longer found; run --write-baseline to update the file"
            )?;
        }
        Ok(())
    }
}

fn failure(path: &Path, why: &dyn std::fmt::Display) -> Failure {
    Failure::Usage(format!("{}: {why}", path.display()))
}
