//! Reads one file. No other module opens a file.

use std::fs;
use std::io::Read;
use std::path::Path;

use crate::source::Unreadable;

/// The maximum size of a file, in bytes; a larger one is [`Unreadable::TooLarge`].
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// Reads a file that was named explicitly, wherever it is.
///
/// # Errors
/// Returns why the file cannot be read.
pub fn read(path: &Path) -> Result<String, Unreadable> {
    text(&fs::canonicalize(path).map_err(unreadable)?)
}

/// Reads a regular file. Other kinds are rejected, because opening a pipe blocks and reading a device can be endless.
pub(super) fn text(real: &Path) -> Result<String, Unreadable> {
    if !fs::metadata(real).map_err(unreadable)?.is_file() {
        return Err(Unreadable::NotAFile);
    }
    let file = open(real).map_err(unreadable)?;
    // The path can refer to a different file by now.
    let about = file.metadata().map_err(unreadable)?;
    match about.is_file() {
        true if about.len() > MAX_FILE_BYTES => Err(Unreadable::TooLarge),
        true => bounded_with(file, usize::try_from(about.len()).unwrap_or_default()),
        false => Err(Unreadable::NotAFile),
    }
}

/// Opens a file without blocking and without following a symbolic link: links have been resolved already.
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

/// Reads everything from a reader, up to [`MAX_FILE_BYTES`] bytes.
///
/// # Errors
/// Returns why the content cannot be used.
pub fn bounded(reader: impl Read) -> Result<String, Unreadable> {
    bounded_with(reader, 0)
}

/// Like [`bounded`], with room for `expected` bytes: growing a large buffer copies it.
fn bounded_with(reader: impl Read, expected: usize) -> Result<String, Unreadable> {
    let mut bytes = Vec::with_capacity(expected + 1);
    reader.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(Unreadable::TooLarge);
    }
    String::from_utf8(bytes).map_err(|error| match error.as_bytes() {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Unreadable::Wide,
        _ => Unreadable::NotText,
    })
}

/// Whether the first [`MAX_FILE_BYTES`] bytes of a file contain one of some ASCII words, whatever else is in it. The words of
/// UTF-16 text are found, too.
pub(super) fn mentions(real: &Path, words: &[&str]) -> bool {
    const CHUNK: usize = 1 << 20;
    let longest = words.iter().map(|word| word.len()).max().unwrap_or_default();
    let Some(file) = fs::metadata(real).ok().filter(fs::Metadata::is_file).and_then(|_| open(real).ok())
    else {
        return false;
    };
    let mut file = file.take(MAX_FILE_BYTES);
    let mut bytes = Vec::with_capacity(CHUNK + longest);
    loop {
        // A word can begin at the end of the last chunk.
        bytes.drain(..bytes.len().saturating_sub(longest));
        let before = bytes.len();
        if file.by_ref().take(CHUNK as u64).read_to_end(&mut bytes).is_err() || bytes.len() == before {
            return false;
        }
        bytes.retain(|byte| *byte != 0);
        let text = String::from_utf8_lossy(&bytes);
        if words.iter().any(|word| text.contains(word)) {
            return true;
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape map_err asks for")]
pub(super) fn unreadable(error: std::io::Error) -> Unreadable {
    match error.kind() {
        // In a browser, there are no files.
        // A path below a file, or with a name that no file can have, does not exist either.
        std::io::ErrorKind::NotFound
        | std::io::ErrorKind::Unsupported
        | std::io::ErrorKind::NotADirectory
        | std::io::ErrorKind::InvalidFilename => Unreadable::Missing,
        std::io::ErrorKind::IsADirectory => Unreadable::NotAFile,
        std::io::ErrorKind::PermissionDenied => Unreadable::Forbidden,
        _ => Unreadable::Refused,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::*;

    #[test]
    fn each_failure_has_its_reason() {
        let why = |kind: ErrorKind| unreadable(Error::from(kind)).to_string();
        assert_eq!(why(ErrorKind::NotFound), Unreadable::Missing.to_string());
        assert_eq!(why(ErrorKind::NotADirectory), Unreadable::Missing.to_string());
        assert_eq!(why(ErrorKind::PermissionDenied), "permission denied");
        assert_eq!(why(ErrorKind::IsADirectory), Unreadable::NotAFile.to_string());
        assert_eq!(why(ErrorKind::BrokenPipe), Unreadable::Refused.to_string());
    }
}
