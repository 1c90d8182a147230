//! Reads one file. Nothing else opens any.

use std::fs;
use std::io::Read;
use std::path::Path;

use crate::source::Unreadable;

/// The most bytes one file may have; a larger one is [`Unreadable::TooLarge`].
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// The text of a file that was given by name, wherever it lies.
///
/// # Errors
/// Why it cannot be read.
pub fn read(path: &Path) -> Result<String, Unreadable> {
    text(&fs::canonicalize(path).map_err(unreadable)?)
}

/// The text of a regular file; of nothing else, since opening a pipe waits, and a device may never end.
pub(super) fn text(real: &Path) -> Result<String, Unreadable> {
    if !fs::metadata(real).map_err(unreadable)?.is_file() {
        return Err(Unreadable::NotAFile);
    }
    let file = open(real).map_err(unreadable)?;
    // It may have become another one since.
    let about = file.metadata().map_err(unreadable)?;
    match about.is_file() {
        true if about.len() > MAX_FILE_BYTES => Err(Unreadable::TooLarge),
        true => bounded(file),
        false => Err(Unreadable::NotAFile),
    }
}

/// Opens a file without waiting for anybody, and no link: where it leads has been looked at.
#[cfg(unix)]
fn open(real: &Path) -> std::io::Result<fs::File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(fs::File::from(rustix::fs::open(real, flags, Mode::empty())?))
}

#[cfg(not(unix))]
fn open(real: &Path) -> std::io::Result<fs::File> {
    fs::File::open(real)
}

/// All that a reader gives, if it is a text of no more than [`MAX_FILE_BYTES`] bytes.
///
/// # Errors
/// Why it is none.
pub fn bounded(reader: impl Read) -> Result<String, Unreadable> {
    let mut bytes = Vec::new();
    reader.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(Unreadable::TooLarge);
    }
    String::from_utf8(bytes).map_err(|error| match error.as_bytes() {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Unreadable::Wide,
        _ => Unreadable::NotText,
    })
}

#[expect(clippy::needless_pass_by_value, reason = "the shape map_err asks for")]
pub(super) fn unreadable(error: std::io::Error) -> Unreadable {
    match error.kind() {
        std::io::ErrorKind::NotFound => Unreadable::Missing,
        std::io::ErrorKind::IsADirectory => Unreadable::NotAFile,
        std::io::ErrorKind::PermissionDenied => Unreadable::Forbidden,
        _ => Unreadable::Refused,
    }
}
