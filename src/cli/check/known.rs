//! `--baseline` and `--write-baseline`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::check::baseline::Baseline;
use crate::cli::check::summary::counted;
use crate::cli::exit::Failure;
use crate::cli::write;
use crate::fix::FixResult;
use crate::report::plain::one_line;
use crate::source;

#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// Tell only of findings that are not in this file, which --write-baseline has written.
    #[arg(long, value_name = "FILE", help_heading = "Findings")]
    baseline: Option<PathBuf>,
    /// Write all findings to a file, as known, and fail of none.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "diff"], help_heading = "Findings")]
    write_baseline: Option<PathBuf>,
}

impl Arguments {
    /// The findings that are known, if a file of them is given.
    pub(super) fn read(&self) -> Result<Option<Baseline>, Failure> {
        let Some(path) = &self.baseline else { return Ok(None) };
        let text = source::read(path).map_err(|why| failure(path, &why))?;
        Baseline::parse(&text).map(Some).map_err(|why| failure(path, &why))
    }

    /// Writes what is found as known; gives back whether that was asked for.
    pub(super) fn write(&self, checked: &FixResult, err: &mut dyn Write) -> Result<bool, Failure> {
        let Some(path) = &self.write_baseline else { return Ok(false) };
        let baseline = Baseline::new(&checked.outcome, &checked.sources);
        write::report(path, baseline.text().as_bytes())
            .map_err(|error| failure(path, &format!("cannot be written: {error}")))?;
        let path = one_line(&path.to_string_lossy());
        writeln!(err, "Wrote {} to {path}.", counted(baseline.count(), "finding"))?;
        Ok(true)
    }

    /// Takes what is known out of what is found, and says how much of it is gone; of a part of a project, or of some
    /// rules, nobody can tell.
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
            let (path, gone) = (one_line(&path.to_string_lossy()), counted(gone, "known finding"));
            writeln!(
                err,
                "ecslint: {path}: {gone} not found again; --write-baseline takes out what is gone"
            )?;
        }
        Ok(())
    }
}

fn failure(path: &Path, why: &dyn std::fmt::Display) -> Failure {
    Failure::Usage(format!("{}: {why}", one_line(&path.to_string_lossy())))
}
