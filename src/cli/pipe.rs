//! Output whose reader may close it: further output is dropped without an error, and the run still exits with the
//! status of its findings.

use std::io::{self, Write};

/// A stream that ignores writes after its reader has closed it.
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

/// Whether writing failed because the reader has closed the stream.
pub(super) fn is_closed(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}

/// Whether a pipe or terminal has been closed by its reader, determined without writing to it.
#[cfg(unix)]
pub(super) fn is_unread(stream: &impl std::os::fd::AsFd) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let mut asked = [PollFd::new(stream, PollFlags::empty())];
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    let ends = PollFlags::ERR | PollFlags::HUP;
    poll(&mut asked, Some(&now)).is_ok() && asked[0].revents().intersects(ends)
}

/// Always false: not supported on this platform.
#[cfg(not(unix))]
pub(super) fn is_unread<S>(_: &S) -> bool {
    false
}
