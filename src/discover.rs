//! Finds the files of a run from the paths that the user names.

use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use ignore::{DirEntry, WalkBuilder};
use rustc_hash::FxHasher;

use crate::config::{FILE_NAME, is_settings};
use crate::frontend::is_candidate;
use crate::source::{FileId, Requested, Sources, Unreadable};

mod foreign;
mod patterns;
mod unread;

pub use foreign::foreign;
pub use unread::passed_over;

/// Directories that contain none of the user's own files.
const SKIPPED: &[&str] = &[".git", ".terraform", ".terragrunt-cache", ".terragrunt-stack", "node_modules"];

/// A path that cannot be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedPath {
    /// The path, as it was given or found.
    pub path: PathBuf,
    /// The reason.
    pub why: Unreadable,
}

/// What [`collect`] found and does not check.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// Paths that cannot be checked.
    pub skipped: Vec<SkippedPath>,
    /// Files whose names say that they may have ECS configuration in a format that is not read; see [`foreign`].
    pub foreign: Vec<PathBuf>,
}

/// Requests a check of everything that the paths name: files with any name, and all potentially relevant files in
/// directories. Files that git ignores are skipped, and links are not followed.
pub fn collect(sources: &mut Sources, paths: &[PathBuf]) -> Collected {
    let mut collected = Collected::default();
    for path in paths {
        let full = sources.absolute(path);
        sources.allow(&root(&full));
        if full.is_dir() {
            collect_directory(sources, &full, &mut collected);
        } else {
            ask(sources, path, Requested::Explicit, &mut collected.skipped)
        }
    }
    // Last, when all repositories can be read.
    if sources.config_file().is_none() {
        paths.iter().for_each(|path| collect_settings_above(sources, &sources.absolute(path)));
    }
    collected
}

/// Walks all files below a directory that git does not ignore. `refuse` gets each file of patterns that cannot be read; its
/// directory is passed over.
fn walk(directory: &Path, refuse: impl Fn(SkippedPath) + Send + Sync + 'static) -> WalkBuilder {
    let root = root(directory);
    let above = directory.ancestors().find_map(|above| patterns::unread(above, &root));
    let mut walk = WalkBuilder::new(directory);
    walk.hidden(false).require_git(false).git_global(false).sort_by_file_path(Path::cmp);
    if above.is_some() {
        walk.standard_filters(false).max_depth(Some(0));
    }
    above.into_iter().for_each(&refuse);
    walk.filter_entry(move |entry| {
        let is_directory = entry.file_type().is_some_and(|kind| kind.is_dir());
        let name = entry.file_name().to_string_lossy();
        let unread = is_directory.then(|| patterns::unread(entry.path(), &root)).flatten();
        let is_wanted = entry.depth() == 0 || unread.is_none() && !SKIPPED.contains(&name.as_ref());
        unread.into_iter().for_each(&refuse);
        is_wanted
    });
    walk
}

/// Returns a number that changes when a file below the paths, or one that was read, is changed, created, or deleted.
/// Files are not opened. `but` lists files to disregard.
pub fn fingerprint_inputs(sources: &Sources, paths: &[PathBuf], but: &[PathBuf]) -> u64 {
    let below =
        paths.iter().flat_map(|path| walk(&sources.absolute(path), |_| {}).build().filter_map(Result::ok));
    let below = below.filter(is_file).map(DirEntry::into_path);
    let mut all: Vec<PathBuf> = below.chain(sources.probed_paths()).collect();
    all.retain(|path| !but.contains(path));
    all.sort();
    all.dedup();
    let mut hasher = FxHasher::default();
    for path in all {
        let data = path.metadata().ok();
        let changed = data.as_ref().and_then(|data| data.modified().ok());
        (path, data.map(|data| data.len()), changed).hash(&mut hasher);
    }
    hasher.finish()
}

fn collect_directory(sources: &mut Sources, directory: &Path, collected: &mut Collected) {
    let Collected { skipped, foreign } = collected;
    let mut paths = Vec::new();
    let (refuse, refused) = mpsc::channel();
    let uses_settings = sources.config_file().is_none();
    let is_wanted = |path: &Path| is_candidate(path) || (uses_settings && is_settings(path));
    let refuse = move |unread| refuse.send(unread).unwrap_or_default();
    for entry in walk(directory, refuse).build() {
        match entry {
            Ok(entry) if is_file(&entry) => {
                foreign.extend(foreign::is_candidate(entry.path()).then(|| entry.path().to_owned()));
                paths.extend(is_wanted(entry.path()).then(|| entry.into_path()));
            }
            Ok(entry) if is_odd(&entry) && is_candidate(entry.path()) => {
                skipped.push(SkippedPath { path: entry.into_path(), why: Unreadable::NotAFile });
            }
            Ok(_) => {}
            Err(error) => skipped.extend(unreadable(&error)),
        }
    }
    skipped.extend(refused);
    paths.extend(cloud_assemblies(&paths));
    for (path, loaded) in paths.iter().zip(sources.load_all(&paths)) {
        take(sources, path, loaded, Requested::Discovered, skipped);
    }
}

/// Requests the settings that apply to a directory, so that their errors are reported even if it has nothing to check.
fn collect_settings_above(sources: &mut Sources, directory: &Path) {
    if !directory.is_dir() {
        return;
    }
    let mut above = directory.ancestors().skip(1).map(|above| above.join(FILE_NAME));
    if let Some(file) = above.find_map(|path| sources.load(&path).ok()) {
        sources.add_input(file, Requested::Discovered);
    }
}

/// The templates that the AWS CDK wrote next to a `cdk.json`, where git usually ignores them.
fn cloud_assemblies(paths: &[PathBuf]) -> Vec<PathBuf> {
    let apps = paths.iter().filter(|path| path.file_name().is_some_and(|name| name == "cdk.json"));
    let outputs = apps.filter_map(|app| Some(app.parent()?.join("cdk.out"))).filter(|output| output.is_dir());
    let entries = outputs.flat_map(|output| {
        let mut walk = WalkBuilder::new(output);
        walk.standard_filters(false).sort_by_file_path(Path::cmp);
        walk.filter_entry(|entry| !entry.file_name().to_string_lossy().starts_with("asset."));
        walk.build().filter_map(Result::ok)
    });
    let files = entries.filter(is_file).map(DirEntry::into_path);
    files.filter(|path| path.to_string_lossy().ends_with(".template.json")).collect()
}

fn is_file(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file())
}

/// Whether it is a pipe, a socket, or a device. The targets of links are checked when they are opened.
fn is_odd(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| !kind.is_file() && !kind.is_dir() && !kind.is_symlink())
}

/// The directory that could not be read, if that is the error.
fn unreadable(error: &ignore::Error) -> Option<SkippedPath> {
    match error {
        ignore::Error::WithDepth { err, .. } => unreadable(err),
        ignore::Error::WithPath { path, err } => {
            let is_forbidden =
                err.io_error().is_some_and(|error| error.kind() == io::ErrorKind::PermissionDenied);
            let why = if is_forbidden { Unreadable::Forbidden } else { Unreadable::Refused };
            Some(SkippedPath { path: path.clone(), why })
        }
        _ => None,
    }
}

/// Requests a check of the potentially relevant files in the directory of `path`. For editors without a workspace,
/// where other directories are out of scope.
pub fn collect_beside(sources: &mut Sources, path: &Path) {
    let Some(directory) = path.parent() else { return };
    sources.allow(&root(path));
    let entries = walk(directory, |_| {}).max_depth(Some(1)).build().filter_map(Result::ok);
    for entry in entries.filter(|entry| is_file(entry) && is_candidate(entry.path())) {
        ask(sources, entry.path(), Requested::Discovered, &mut Vec::new());
    }
}

/// Requests a check of a file that is open in an editor, after [`collect`]. A file that exists and was not found, because
/// git ignores it or because of its name, is checked as if it were named.
pub fn collect_open(sources: &mut Sources, file: FileId) {
    let path = &sources.get(file).path;
    let is_passed_over = sources.requested(file).is_none() && path.exists();
    sources.add_input(file, if is_passed_over { Requested::Explicit } else { Requested::Discovered });
}

/// Requests a check of a file below the paths that is no longer on disk, and whose text was added.
pub fn collect_deleted(sources: &mut Sources, file: FileId, paths: &[PathBuf]) {
    let path = &sources.get(file).path;
    let is_below = paths.iter().any(|above| path.starts_with(sources.absolute(above)));
    if is_below && is_candidate(path) && !path.exists() {
        sources.add_input(file, Requested::Discovered);
    }
}

/// Requests a check of a file.
fn ask(sources: &mut Sources, path: &Path, asked: Requested, skipped: &mut Vec<SkippedPath>) {
    let loaded = sources.load(path);
    take(sources, path, loaded, asked, skipped);
}

/// Requests a check of a file that was read. If the file was found rather than named, an error is reported only if the file is
/// part of the configuration.
fn take(
    sources: &mut Sources,
    path: &Path,
    loaded: Result<FileId, Unreadable>,
    asked: Requested,
    skipped: &mut Vec<SkippedPath>,
) {
    match loaded {
        Ok(file) => sources.add_input(file, asked),
        Err(why)
            if asked == Requested::Explicit
                || why == Unreadable::Forbidden
                || unread::is_configuration(sources, path, why) =>
        {
            let named = asked == Requested::Explicit;
            let path = if named { path.to_owned() } else { sources.name_of(path).into() };
            skipped.push(SkippedPath { path, why });
        }
        Err(_) => {}
    }
}

/// The directory that a path's files may refer to: the repository that contains it, or else the directory itself.
pub fn root(path: &Path) -> PathBuf {
    let repository = path.ancestors().find(|directory| directory.join(".git").exists());
    let directory = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    repository.unwrap_or(directory).to_owned()
}
