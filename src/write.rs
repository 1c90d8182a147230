//! The only writer of files.

use std::fs;
use std::io;
use std::path::Path;

/// Writes a report. It may be no regular file (`/dev/stderr`, a named pipe), so it is written as it stands.
///
/// # Errors
/// Those of the system.
pub fn report(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(path, bytes)
}
