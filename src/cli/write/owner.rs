//! Owners and names of files, on the systems that have them.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
#[cfg(unix)]
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, fchown};
use std::path::Path;

/// Creates a file that only its owner can read.
///
/// # Errors
/// Those of the operating system, and if the file already exists.
#[cfg(unix)]
pub(super) fn new_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Creates a file, which inherits its permissions from the directory.
#[cfg(not(unix))]
pub(super) fn new_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Gives a file the owner and the group of another one.
///
/// # Errors
/// Those of the operating system: only a privileged user can give files away.
#[cfg(unix)]
pub(super) fn give(file: &File, like: &Metadata) -> io::Result<()> {
    let own = file.metadata()?;
    if (own.uid(), own.gid()) == (like.uid(), like.gid()) {
        return Ok(());
    }
    fchown(file, Some(like.uid()), Some(like.gid()))
}

/// Does nothing: a file inherits its owner from the directory.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it can fail on Unix")]
pub(super) fn give(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Whether a file has several names (hard links).
#[cfg(unix)]
pub(super) fn has_other_names(metadata: &Metadata) -> bool {
    metadata.nlink() > 1
}

/// Always false: the number of names is not known on this platform.
#[cfg(not(unix))]
pub(super) fn has_other_names(_: &Metadata) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_file_is_private_from_its_first_byte() {
        let directory = tempfile::tempdir().expect("a directory");
        let file = new_private(&directory.path().join("file")).expect("a file");
        assert_eq!(file.metadata().expect("its metadata").mode() & 0o7777, 0o600);
    }
}
