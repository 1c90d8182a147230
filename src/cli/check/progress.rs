//! Says on a terminal that a long run goes on.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{JoinHandle, spawn};
use std::time::{Duration, Instant};

/// How long a run may take without a word.
const SILENCE: Duration = Duration::from_secs(2);

/// Says every second how long a run has taken, from the time it takes long until it is dropped.
pub(super) struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins, where a person may look at standard error.
    pub(super) fn start() -> Progress {
        let running = io::stderr().is_terminal().then(|| {
            let (stop, stopped) = channel();
            (stop, spawn(move || report(&stopped, SILENCE, &mut io::stderr())))
        });
        Progress { running }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            // A thread that failed has told its own story.
            let _ = thread.join();
        }
    }
}

/// Tells until the other end of the channel is gone, and leaves an empty line then. Nobody needs to know if it cannot.
fn report(stopped: &Receiver<()>, silence: Duration, err: &mut dyn Write) {
    let begun = Instant::now();
    let mut pause = silence;
    while stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        let _ = write!(err, "\rChecking for {} s \u{2026}\u{1b}[K", begun.elapsed().as_secs());
        let _ = err.flush();
        pause = Duration::from_secs(1);
    }
    if begun.elapsed() >= silence {
        let _ = write!(err, "\r\u{1b}[K");
        let _ = err.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written; stops the run that is told of once something is.
    struct Screen {
        said: Vec<u8>,
        stop: Option<Sender<()>>,
    }

    impl Write for Screen {
        fn write(&mut self, text: &[u8]) -> io::Result<usize> {
            self.said.write(text)
        }

        fn flush(&mut self) -> io::Result<()> {
            self.stop = None;
            Ok(())
        }
    }

    #[test]
    fn a_short_run_says_nothing() {
        let (stop, stopped) = channel();
        drop(stop);
        let mut said = Vec::new();
        report(&stopped, SILENCE, &mut said);
        assert!(said.is_empty());
    }

    #[test]
    fn a_long_run_cleans_up() {
        let (stop, stopped) = channel();
        let mut screen = Screen { said: Vec::new(), stop: Some(stop) };
        report(&stopped, Duration::ZERO, &mut screen);
        assert_eq!(String::from_utf8_lossy(&screen.said), "\rChecking for 0 s …\u{1b}[K\r\u{1b}[K");
    }
}
