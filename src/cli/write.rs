//! The only module that writes files.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

mod owner;

/// Writes a report in place, because the path may be something other than a regular file (`/dev/stderr`, a named
/// pipe). Creates the directory, if it is missing.
///
/// # Errors
/// Those of the operating system.
pub fn report(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    fs::write(path, bytes)
}

/// Writes a new file.
///
/// # Errors
/// Those of the operating system, and if the file already exists.
pub fn new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}

/// Replaces the content of a file. It keeps its owner, its group, its permissions, and all its links. Readers see either
/// the old or the new text, unless the file has several names, an owner that only a privileged user can give it, or a directory
/// in which the user cannot create files: then it is overwritten in place.
///
/// # Errors
/// Those of the operating system, and if the file no longer contains `before`.
pub fn replace(path: &Path, before: &str, after: &str) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    match fs::read(&path)? {
        // The file has another name, under which it has been written.
        bytes if bytes == after.as_bytes() => return Ok(()),
        bytes if bytes != before.as_bytes() => {
            return Err(io::Error::other("the file changed during the check"));
        }
        _ => {}
    }
    let metadata = fs::metadata(&path)?;
    // A rename would ignore this permission, and so does a privileged user.
    if metadata.permissions().readonly() {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    if owner::has_other_names(&metadata) {
        return overwrite(&path, before, after);
    }
    let beside = beside(&path);
    let file = match owner::new_private(&beside) {
        // The file can be written, and its directory cannot.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            return overwrite(&path, before, after);
        }
        file => file?,
    };
    let moved = match owner::give(&file, &metadata) {
        Ok(()) => fill(file, after, metadata.permissions()).and_then(|()| fs::rename(&beside, &path)),
        Err(_) => fs::remove_file(&beside).and_then(|()| overwrite(&path, before, after)),
    };
    if moved.is_err() {
        // The original error is reported; a leftover temporary file is not.
        let _ = fs::remove_file(&beside);
    }
    moved
}

/// A temporary name in the same directory, because a rename must stay within one file system.
fn beside(path: &Path) -> PathBuf {
    path.with_file_name(format!(".ecslint-{}.tmp", std::process::id()))
}

fn fill(mut file: File, text: &str, permissions: Permissions) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    // Last, because a change of the owner clears some of them.
    file.set_permissions(permissions)?;
    file.sync_all()
}

/// Replaces the content in place. If that fails, for example because the disk is full, writes the old text again.
fn overwrite(path: &Path, before: &str, after: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    let written = put(&mut file, after);
    if written.is_err() {
        let _ = put(&mut file, before);
    }
    written
}

fn put(file: &mut File, text: &str) -> io::Result<()> {
    file.rewind()?;
    file.write_all(text.as_bytes())?;
    file.set_len(text.len() as u64)?;
    file.sync_all()
}
