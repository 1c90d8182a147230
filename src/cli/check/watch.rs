//! `--watch`: runs again whenever a file changes. The files are looked at, not listened to, which works the same on
//! every system and every kind of disk.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use crate::cli::exit::{FAILED, Failure};
use crate::cli::pipe;
use crate::discover;
use crate::source::Sources;

/// How often the files are looked at.
const POLL_INTERVAL: Duration = Duration::from_millis(400);

/// What is watched.
pub(super) struct Watch {
    /// The paths that are checked.
    pub paths: Vec<PathBuf>,
    /// Files that change because of a run.
    pub written: Vec<PathBuf>,
}

impl Watch {
    /// Runs, and runs again whenever something has changed, until the process is stopped or nobody reads any more.
    /// `run` gives back its status and the files that it read; the last status is that of all.
    pub(super) fn run(
        &self,
        err: &mut dyn Write,
        mut run: impl FnMut(&mut dyn Write) -> Result<(u8, Sources), Failure>,
    ) -> Result<u8, Failure> {
        let mut known: Option<Sources> = None;
        let nothing = Sources::new(std::env::current_dir()?);
        loop {
            let around = known.as_ref().unwrap_or(&nothing);
            let before = self.fingerprint(around);
            let (status, read) = match run(err) {
                // What was there at first may come back: an editor takes a file away before it puts another there.
                Err(Failure::Usage(message)) if known.is_some() => {
                    writeln!(err, "ecslint: {message}")?;
                    (FAILED, None)
                }
                done => done.map(|(status, read)| (status, Some(read)))?,
            };
            // What changes while a run goes on, by its fixes or by somebody else, is a reason for another one.
            let is_settled = self.fingerprint(around) == before;
            known = read.or(known);
            if is_settled && let Some(known) = &known {
                let seen = self.fingerprint(known);
                self.say(err)?;
                if self.wait(known, seen).is_break() {
                    return Ok(status);
                }
            }
        }
    }

    fn say(&self, err: &mut dyn Write) -> io::Result<()> {
        let many = self.paths.len();
        let what = match self.paths.first() {
            Some(path) if many == 1 && path != Path::new(".") => path.to_string_lossy().into_owned(),
            Some(_) if many > 1 => format!("{many} paths"),
            _ => "this directory".to_owned(),
        };
        writeln!(err, "Watching {} for changes.", crate::report::plain::one_line(&what))?;
        err.flush()
    }

    /// Waits until something is other than it was seen, and stays so for a moment: editors write in several steps.
    /// Breaks off once nobody reads what is found.
    fn wait(&self, sources: &Sources, seen: u64) -> ControlFlow<()> {
        let mut last = seen;
        loop {
            sleep(POLL_INTERVAL);
            if pipe::is_unread(&io::stdout()) {
                return ControlFlow::Break(());
            }
            let now = self.fingerprint(sources);
            if now != seen && now == last {
                return ControlFlow::Continue(());
            }
            last = now;
        }
    }

    fn fingerprint(&self, sources: &Sources) -> u64 {
        let written: Vec<PathBuf> = self.written.iter().map(|path| sources.absolute(path)).collect();
        discover::fingerprint_inputs(sources, &self.paths, &written)
    }
}
