//! Output whose reader may go away: what is written then is lost, and nothing fails. A run still ends with the status
//! of what it found.

use std::io::{self, Write};

/// A stream that goes on as if nothing were when its reader is gone.
pub(super) struct Pipe<W> {
    inner: W,
    closed: bool,
}

impl<W> Pipe<W> {
    pub(super) fn new(inner: W) -> Pipe<W> {
        Pipe { inner, closed: false }
    }
}

impl<W: Write> Write for Pipe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        match self.inner.write(bytes) {
            Err(error) if is_closed(&error) => {
                self.closed = true;
                Ok(bytes.len())
            }
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.inner.flush() {
            Err(error) if is_closed(&error) => Ok(()),
            flushed => flushed,
        }
    }
}

/// Whether writing failed because nobody reads any more.
pub(super) fn is_closed(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}

/// Whether a stream is a pipe, or a terminal, that nobody reads any more, as the system knows without anything being
/// written.
#[cfg(unix)]
pub(super) fn is_unread(stream: &impl std::os::fd::AsFd) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let mut asked = [PollFd::new(stream, PollFlags::empty())];
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    let ends = PollFlags::ERR | PollFlags::HUP;
    poll(&mut asked, Some(&now)).is_ok() && asked[0].revents().intersects(ends)
}

/// Whether nobody reads a stream any more: not known here.
#[cfg(not(unix))]
pub(super) fn is_unread<S>(_: &S) -> bool {
    false
}
