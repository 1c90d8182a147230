//! The files of a run: its inputs, and those that they refer to. The only reader of files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use self::read::unreadable;
use crate::parallel;
use crate::source::{FileId, Span};

mod input;
mod read;
mod source;
mod unreadable;

pub use input::{Input, Requested, VariableInput};
pub use read::{MAX_FILE_BYTES, bounded, read};
pub use source::Source;
pub use unreadable::Unreadable;

/// The most files and directories that [`Sources::files_below`] lists.
pub const MAX_LISTING: usize = 10_000;

/// How deep [`Sources::files_below`] goes.
const MAX_LISTING_DEPTH: usize = 32;

/// All files of a run. Files are only ever added, so that a [`FileId`] stays good.
///
/// ```
/// use std::path::Path;
///
/// use iac_eval::source::{Sources, Span, Unreadable};
///
/// let mut sources = Sources::new("/app");
/// let file = sources.add(Path::new("ecs/main.tf"), "locals {\n  a = 1\n}\n");
/// assert_eq!(sources.name(file), "ecs/main.tf");
/// assert_eq!(sources.text(Span::new(file, 11, 16)), "a = 1");
/// assert_eq!(sources.get(file).position(11).line, 2);
///
/// // A text that was added is found under its path. The disk is read only where `Sources::allow` permits it.
/// assert_eq!(sources.load(Path::new("ecs/main.tf")), Ok(file));
/// assert!(matches!(sources.load(Path::new("/etc/hosts")), Err(Unreadable::Outside | Unreadable::Missing)));
/// ```
#[derive(Debug)]
pub struct Sources {
    /// The directory that printed paths are relative to; absolute.
    base: PathBuf,
    /// Directories under which `file()` may read; empty where nothing may be read from disk.
    roots: Vec<PathBuf>,
    files: boxcar::Vec<Arc<Source>>,
    /// Shared with the sources that these were made of, until either learns of another file.
    known: Mutex<Arc<Known>>,
    inputs: Vec<Input>,
    /// Where each file stands among the inputs.
    input_of: FxHashMap<FileId, usize>,
    /// The values given for Terraform's variables.
    variables: Vec<VariableInput>,
    config_file: Option<FileId>,
    /// Texts that stand in no file.
    kept: Mutex<BTreeMap<Arc<str>, FileId>>,
}

/// What is known of paths: the file there, or why there is none.
type Known = BTreeMap<PathBuf, Result<FileId, Unreadable>>;

impl Sources {
    /// No files yet; `base` is the directory that printed paths are relative to.
    pub fn new(base: impl Into<PathBuf>) -> Sources {
        Sources {
            base: tidy(&base.into()),
            roots: Vec::new(),
            files: boxcar::Vec::new(),
            known: Mutex::default(),
            inputs: Vec::new(),
            input_of: FxHashMap::default(),
            variables: Vec::new(),
            config_file: None,
            kept: Mutex::default(),
        }
    }

    /// Lets `file()` read below `root`, a directory.
    pub fn allow(&mut self, root: &Path) {
        self.roots.push(fs::canonicalize(root).unwrap_or_else(|_| self.absolute(root)));
    }

    /// Adds a text under a path, whatever the disk holds there: an editor's buffer, standard input, a test.
    pub fn add(&mut self, path: &Path, text: impl Into<Arc<str>>) -> FileId {
        let path = self.absolute(path);
        let file = self.store(path.clone(), text.into());
        Arc::make_mut(&mut self.known()).insert(path, Ok(file));
        file
    }

    /// Keeps a text that stands in no file, for reading it as one; `name` says what it is.
    pub fn keep(&self, name: &str, text: &str) -> FileId {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        *kept.entry(text.into()).or_insert_with_key(|text| self.store(PathBuf::from(name), Arc::clone(text)))
    }

    /// The same files under the same ids as when they were read, but for those that `texts` gives another text.
    pub fn with_texts(&self, texts: impl Fn(&Path) -> Option<Arc<str>>) -> Sources {
        let replaced = |file: &Arc<Source>| match texts(&file.path) {
            Some(text) if !Arc::ptr_eq(&text, &file.text) => Arc::new(Source::new(file.path.clone(), text)),
            _ => Arc::clone(file),
        };
        Sources {
            base: self.base.clone(),
            roots: self.roots.clone(),
            files: self.files.iter().map(|(_, file)| replaced(file)).collect(),
            known: Mutex::new(Arc::clone(&self.known())),
            inputs: self.inputs.clone(),
            variables: self.variables.clone(),
            input_of: self.input_of.clone(),
            config_file: self.config_file,
            kept: Mutex::new(self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone()),
        }
    }

    /// Has `file` checked.
    pub fn add_input(&mut self, file: FileId, requested: Requested) {
        let index = *self.input_of.entry(file).or_insert(self.inputs.len());
        match self.inputs.get_mut(index) {
            Some(input) if requested == Requested::Explicit => input.requested = requested,
            Some(_) => {}
            None => self.inputs.push(Input { file, requested }),
        }
    }

    /// Adds values for the variables of Terraform's roots. Of two for one variable the later counts.
    pub fn add_variable(&mut self, variable: VariableInput) {
        self.variables.push(variable);
    }

    /// The values given for the variables of Terraform's roots.
    pub fn variables(&self) -> &[VariableInput] {
        &self.variables
    }

    /// Has one file of settings count everywhere, wherever it lies.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn set_config_file(&mut self, path: &Path) -> Result<(), Unreadable> {
        // A text that is laid over the file counts.
        let known = self.known().get(&self.absolute(path)).copied().and_then(Result::ok);
        self.config_file = Some(match known {
            Some(file) => file,
            None => {
                let text = read(&self.absolute(path))?;
                self.add(path, text)
            }
        });
        Ok(())
    }

    /// The file of settings that counts everywhere, if there is one.
    pub fn config_file(&self) -> Option<FileId> {
        self.config_file
    }

    /// The files to check.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// How a file came to be checked, if it is one of those.
    pub fn requested(&self, file: FileId) -> Option<Requested> {
        self.inputs.get(*self.input_of.get(&file)?).map(|input| input.requested)
    }

    /// The file at `path`, read now if it was not before.
    ///
    /// # Errors
    /// Why it cannot be read; the answer stays the same for the life of these sources.
    pub fn load(&self, path: &Path) -> Result<FileId, Unreadable> {
        let path = self.absolute(path);
        let known = self.known().get(&path).copied();
        known.unwrap_or_else(|| {
            let loaded = self.read(&path).map(|text| self.store(path.clone(), text.into()));
            *Arc::make_mut(&mut self.known()).entry(path).or_insert(loaded)
        })
    }

    /// The files at some paths, read at the same time. They get their numbers in the order of the paths.
    ///
    /// # Errors
    /// Why one cannot be read.
    pub fn load_all(&self, paths: &[PathBuf]) -> Vec<Result<FileId, Unreadable>> {
        let read = parallel::map(paths, |path| {
            let path = self.absolute(path);
            let known = self.known().get(&path).copied();
            let text = known.is_none().then(|| self.read(&path));
            (path, text)
        });
        let mut known = self.known();
        let known = Arc::make_mut(&mut known);
        let loaded = |(path, text): (PathBuf, Option<Result<String, Unreadable>>)| match text {
            None => known.get(&path).copied().unwrap_or(Err(Unreadable::Missing)),
            Some(text) => {
                let file = text.map(|text| self.store(path.clone(), text.into()));
                *known.entry(path).or_insert(file)
            }
        };
        read.into_iter().map(loaded).collect()
    }

    /// The files of a directory, in the order of their names: those that are known, and those on the disk where it may
    /// be read.
    pub fn list(&self, directory: &Path) -> Vec<PathBuf> {
        let directory = self.absolute(directory);
        // What lies below a directory stands together, since paths are ordered by their parts.
        let known = self.known();
        let below = known.range(directory.clone()..).take_while(|(path, _)| path.starts_with(&directory));
        let there = below.filter(|(_, file)| file.is_ok()).map(|(path, _)| path);
        let mut paths: Vec<PathBuf> =
            there.filter(|path| path.parent() == Some(&directory)).cloned().collect();
        drop(known);
        let real = fs::canonicalize(&directory);
        if real.is_ok_and(|real| self.is_inside(&real))
            && let Ok(entries) = fs::read_dir(&directory)
        {
            paths.extend(entries.filter_map(Result::ok).map(|entry| entry.path()));
        }
        paths.sort();
        paths.dedup();
        paths
    }

    /// Whether something is at a path, and lies where nothing may be read, though there is where something may.
    pub fn is_outside(&self, path: &Path) -> bool {
        !self.roots.is_empty()
            && fs::canonicalize(self.absolute(path)).is_ok_and(|real| !self.is_inside(&real))
    }

    fn is_inside(&self, real: &Path) -> bool {
        self.roots.iter().any(|root| real.starts_with(root))
    }

    /// The files below a directory at any depth, in the order of their paths; `None` if there are more than [`MAX_LISTING`].
    pub fn files_below(&self, directory: &Path) -> Option<Vec<PathBuf>> {
        let directory = self.absolute(directory);
        let known =
            |(path, known): (&PathBuf, &Result<FileId, Unreadable>)| known.is_ok().then(|| path.clone());
        let mut found: Vec<PathBuf> = self
            .known()
            .range(directory.clone()..)
            .take_while(|(path, _)| path.starts_with(&directory))
            .filter_map(known)
            .collect();
        let mut open = vec![(directory, 0)];
        while let Some((path, depth)) = open.pop() {
            for entry in self.list(&path) {
                let kind = fs::symlink_metadata(&entry).map(|data| data.file_type());
                match kind {
                    Ok(kind) if kind.is_dir() && depth < MAX_LISTING_DEPTH => open.push((entry, depth + 1)),
                    Ok(kind) if kind.is_dir() => return None,
                    Ok(kind) if kind.is_file() => found.push(entry),
                    _ => {}
                }
            }
            if found.len() + open.len() > MAX_LISTING {
                return None;
            }
        }
        found.sort();
        found.dedup();
        Some(found)
    }

    /// The file.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize]
    }

    /// All files that were read so far.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        self.files.iter().map(|(index, _)| id(index))
    }

    /// The bytes of a span.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// The file's path as it is printed: relative to the base where it lies below, `/` between its parts.
    pub fn name(&self, file: FileId) -> String {
        self.name_of(&self.get(file).path)
    }

    /// A path as it is printed.
    pub fn name_of(&self, path: &Path) -> String {
        let shown = path.strip_prefix(&self.base).unwrap_or(path);
        let parts = shown.components().map(|part| part.as_os_str().to_string_lossy());
        parts.collect::<Vec<_>>().join("/").replacen("//", "/", 1)
    }

    /// The paths below the directories being checked that could not be read, though something is there.
    pub fn unreadable_paths(&self) -> Vec<(PathBuf, Unreadable)> {
        let known = self.known();
        let unreadable = known.iter().filter_map(|(path, file)| Some((path, (*file).err()?)));
        let below = unreadable.filter(|(path, _)| self.is_inside(path));
        below.map(|(path, why)| (path.clone(), why)).filter(|(_, why)| *why != Unreadable::Missing).collect()
    }

    /// The paths that were read, or looked for and not found.
    pub fn probed_paths(&self) -> Vec<PathBuf> {
        self.known().keys().cloned().collect()
    }

    /// `path` made absolute, without `.` and `..`.
    pub fn absolute(&self, path: &Path) -> PathBuf {
        tidy(&self.base.join(path))
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Arc<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn store(&self, path: PathBuf, text: Arc<str>) -> FileId {
        id(self.files.push(Arc::new(Source::new(path, text))))
    }

    fn read(&self, path: &Path) -> Result<String, Unreadable> {
        let real = fs::canonicalize(path).map_err(unreadable)?;
        if self.is_inside(&real) { read::text(&real) } else { Err(Unreadable::Outside) }
    }
}

/// The number of a file by where it stands in the list.
fn id(index: usize) -> FileId {
    FileId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// `path` without `.` and `..`, by its letters alone.
fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                tidied.pop();
            }
            part => tidied.push(part),
        }
    }
    tidied
}

#[cfg(test)]
mod tests;
