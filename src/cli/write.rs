//! The only module that writes files.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a report in place, because the path may be something other than a regular file (`/dev/stderr`, a named
/// pipe).
///
/// # Errors
/// Those of the operating system.
pub fn report(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(path, bytes)
}

/// Writes a new file.
///
/// # Errors
/// Those of the operating system, and if the file already exists.
pub fn new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}

/// Replaces the content of a file atomically: readers see either the old or the new text. A symbolic link is kept, and
/// so are the permissions of the file.
///
/// # Errors
/// Those of the operating system, and if the file no longer contains `before`.
pub fn replace(path: &Path, before: &str, after: &str) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    if fs::read(&path)? != before.as_bytes() {
        return Err(io::Error::other("the file changed during the check"));
    }
    let beside = beside(&path);
    let moved = write_beside(&beside, &path, after).and_then(|()| fs::rename(&beside, &path));
    if moved.is_err() {
        // The original error is reported; a leftover temporary file is not.
        let _ = fs::remove_file(&beside);
    }
    moved
}

/// A temporary name in the same directory, because a rename must stay within one file system.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

fn write_beside(beside: &Path, path: &Path, text: &str) -> io::Result<()> {
    let metadata = fs::metadata(path)?;
    // A rename would ignore this permission.
    if metadata.permissions().readonly() {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(beside)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(metadata.permissions())?;
    file.sync_all()
}
