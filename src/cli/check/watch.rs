//! `--watch`: checks again whenever a file changes. Files are polled, which works the same on every operating system
//! and file system.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::cli::exit::{FAILED, Failure};
use crate::cli::pipe;
use crate::discover;
use crate::source::Sources;

/// Interval between polls.
const POLL_INTERVAL: Duration = Duration::from_millis(400);

/// What `--watch` watches.
pub(super) struct Watch {
    /// The paths that are checked.
    pub paths: Vec<PathBuf>,
    /// Files that a run writes.
    pub written: Vec<PathBuf>,
}

impl Watch {
    /// Runs, and runs again after every change, until the process is stopped or the output is closed. `run` returns
    /// its status and the files that it read. The result is the last status.
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
            clear(err)?;
            let (status, read) = match run(err) {
                // A file may reappear: editors delete a file before they write the new version.
                Err(failure @ Failure::Usage(_)) if known.is_some() => {
                    failure.write(err)?;
                    (FAILED, None)
                }
                done => done.map(|(status, read)| (status, Some(read)))?,
            };
            // If files changed during the run, through its fixes or an editor, it runs again.
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
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        writeln!(err, "[{}] Watching {} for changes.", time(seconds), crate::report::plain::path(&what))?;
        err.flush()
    }

    /// Waits until the fingerprint differs from `seen` and is then stable for a moment, because editors write in
    /// several steps. Stops waiting once the output is closed.
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

/// Clears the screen and what was scrolled out of it, if the output goes to a terminal.
fn clear(err: &mut dyn Write) -> io::Result<()> {
    if !io::stdout().is_terminal() || !io::stderr().is_terminal() {
        return Ok(());
    }
    write!(err, "\u{1b}[2J\u{1b}[3J\u{1b}[H")?;
    err.flush()
}

/// The time of day, in UTC.
fn time(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3600 % 24, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02} UTC", seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_that_of_the_day() {
        assert_eq!(time(86_400 + 3_600 * 14 + 60 * 22 + 5), "14:22:05 UTC");
    }
}
