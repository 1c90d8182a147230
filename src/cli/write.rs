//! The only writer of files.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a report. It may be no regular file (`/dev/stderr`, a named pipe), so it is written as it stands.
///
/// # Errors
/// Those of the system.
pub fn report(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(path, bytes)
}

/// Writes a file that is not there yet.
///
/// # Errors
/// Those of the system; also if it is there.
pub fn new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}

/// Puts another text in the place of a file's, at once: whoever reads it sees the old one or the new one. A link stays
/// a link, and the file keeps its permissions.
///
/// # Errors
/// Those of the system, and if the file does not hold `before` any more.
pub fn replace(path: &Path, before: &str, after: &str) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    if fs::read(&path)? != before.as_bytes() {
        return Err(io::Error::other("it was changed while it was being checked"));
    }
    let beside = beside(&path);
    let moved = write_beside(&beside, &path, after).and_then(|()| fs::rename(&beside, &path));
    if moved.is_err() {
        // What failed is told; that a file is left behind as well is not worth more words.
        let _ = fs::remove_file(&beside);
    }
    moved
}

/// A name for a file in the same directory, since only within one file system a file can be put in another's place.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

fn write_beside(beside: &Path, path: &Path, text: &str) -> io::Result<()> {
    let metadata = fs::metadata(path)?;
    // A rename would pass by this.
    if metadata.permissions().readonly() {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(beside)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(metadata.permissions())?;
    file.sync_all()
}
