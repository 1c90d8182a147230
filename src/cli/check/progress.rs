//! Shows on a terminal that a long run is still in progress.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{JoinHandle, spawn};
use std::time::{Duration, Instant};

/// Time without output after which progress is shown.
const SILENCE: Duration = Duration::from_secs(2);

/// Prints every second how long the run has taken, once it has exceeded [`SILENCE`], until it is dropped.
pub(super) struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Starts, if standard error is a terminal.
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
            // A panic of the thread was already reported.
            let _ = thread.join();
        }
    }
}

/// Reports until the sender is dropped, then clears the line. Write errors are ignored.
fn report(stopped: &Receiver<()>, silence: Duration, err: &mut dyn Write) {
    let begun = Instant::now();
    let mut pause = silence;
    while stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        let _ = write!(err, "\rChecking\u{2026} {} s\u{1b}[K", begun.elapsed().as_secs());
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

    /// Collects the output, and stops the reported run after the first write.
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
        assert_eq!(String::from_utf8_lossy(&screen.said), "\rChecking… 0 s\u{1b}[K\r\u{1b}[K");
    }
}
