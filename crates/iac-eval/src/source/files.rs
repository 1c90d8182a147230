//! The files of a run: its inputs and the files that they refer to. No other module reads files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use self::known::Known;
use self::listing::{Listings, Merged, Names, Type};
use self::read::unreadable;
use self::real::RealPaths;
use crate::parallel;
use crate::source::{FileId, Span};

mod input;
mod known;
mod listing;
mod read;
mod real;
mod refresh;
mod source;
mod unreadable;

pub use input::{Input, Requested, VariableInput};
pub use read::{MAX_FILE_BYTES, bounded, read};
pub use source::Source;
pub use unreadable::Unreadable;

/// The maximum number of files and directories that [`Sources::files_below`] lists.
pub const MAX_LISTING: usize = 10_000;

/// The maximum directory depth of [`Sources::files_below`].
pub const MAX_LISTING_DEPTH: usize = 32;

/// All files of a run. Files are only ever added, so a [`FileId`] stays valid.
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
    /// The directories that `file()` can read from; empty if nothing can be read from disk.
    roots: Vec<PathBuf>,
    files: boxcar::Vec<Arc<Source>>,
    /// Shared with the sources that this was cloned from, until either of them loads another file.
    known: Mutex<Arc<Known>>,
    inputs: Vec<Input>,
    /// The index of each file in the inputs.
    input_of: FxHashMap<FileId, usize>,
    /// The values supplied for Terraform variables.
    variables: Vec<VariableInput>,
    config_file: Option<FileId>,
    /// Texts that are not in any file.
    kept: Mutex<BTreeMap<Arc<str>, FileId>>,
    /// The models that were used.
    models: boxcar::Vec<Arc<Source>>,
    real: RealPaths,
    /// The content of each directory that was listed.
    listed: Listings,
    /// The results of [`Sources::list`], each with the number of loaded files in it.
    merged: Merged,
    /// The answers of [`Sources::is_outside`].
    outside: Mutex<BTreeMap<PathBuf, bool>>,
}

impl Sources {
    /// Creates an empty set of files; `base` is the directory that printed paths are relative to.
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
            models: boxcar::Vec::new(),
            real: RealPaths::default(),
            listed: Listings::default(),
            merged: Merged::default(),
            outside: Mutex::default(),
        }
    }

    /// Lets `file()` read files below the directory `root`.
    pub fn allow(&mut self, root: &Path) {
        self.roots.push(fs::canonicalize(root).unwrap_or_else(|_| self.absolute(root)));
    }

    /// Adds a text under a path and overrides the file on disk: an editor's buffer, standard input, or a test.
    pub fn add(&mut self, path: &Path, text: impl Into<Arc<str>>) -> FileId {
        let path = self.absolute(path);
        let file = self.store(path.clone(), text.into());
        Arc::make_mut(&mut self.known()).insert(path, Ok(file));
        file
    }

    /// Adds a text that is not in any file, so that it can be parsed like one; `name` describes it.
    pub fn keep(&self, name: &str, text: &str) -> FileId {
        let mut kept = locked(&self.kept);
        *kept.entry(text.into()).or_insert_with_key(|text| self.store(PathBuf::from(name), Arc::clone(text)))
    }

    /// Adds the text of a model, which no file has; `name` describes it.
    pub fn keep_model(&self, name: &str, text: &'static str) -> FileId {
        let mut kept = locked(&self.kept);
        let store = |text: &Arc<str>| {
            let source = Source::new(PathBuf::from(name), Arc::clone(text));
            FileId::of_model(self.models.push(Arc::new(source)))
        };
        *kept.entry(text.into()).or_insert_with_key(store)
    }

    /// Marks `file` as an input to check.
    pub fn add_input(&mut self, file: FileId, requested: Requested) {
        let index = *self.input_of.entry(file).or_insert(self.inputs.len());
        match self.inputs.get_mut(index) {
            Some(input) if requested == Requested::Explicit => input.requested = requested,
            Some(_) => {}
            None => self.inputs.push(Input { file, requested }),
        }
    }

    /// Adds values for the variables of Terraform root modules. A later value overrides an earlier one for the same
    /// variable.
    pub fn add_variable(&mut self, variable: VariableInput) {
        self.variables.push(variable);
    }

    /// The values supplied for the variables of Terraform root modules.
    pub fn variables(&self) -> &[VariableInput] {
        &self.variables
    }

    /// Sets the settings file that applies everywhere, regardless of its directory.
    ///
    /// # Errors
    /// Returns why the file cannot be read.
    pub fn set_config_file(&mut self, path: &Path) -> Result<(), Unreadable> {
        // A text that was added overrides the file on disk.
        let known = self.known().get(&self.absolute(path)).and_then(Result::ok);
        self.config_file = Some(match known {
            Some(file) => file,
            None => {
                let text = read(&self.absolute(path))?;
                self.add(path, text)
            }
        });
        Ok(())
    }

    /// Disregards all settings files: an empty one applies everywhere.
    pub fn disregard_config_files(&mut self) {
        self.config_file = Some(self.keep("no settings", ""));
    }

    /// The settings file that applies everywhere, if one is set.
    pub fn config_file(&self) -> Option<FileId> {
        self.config_file
    }

    /// The files to check.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// How a file came to be checked; `None` if it is not an input.
    pub fn requested(&self, file: FileId) -> Option<Requested> {
        self.inputs.get(*self.input_of.get(&file)?).map(|input| input.requested)
    }

    /// Returns the file at `path`, and reads it if needed.
    ///
    /// # Errors
    /// Returns why the file cannot be read. The result stays the same for the lifetime of these sources.
    pub fn load(&self, path: &Path) -> Result<FileId, Unreadable> {
        let path = self.absolute(path);
        let known = self.known().get(&path);
        known.unwrap_or_else(|| {
            let loaded = self.read(&path).map(|text| self.store(path.clone(), text.into()));
            Arc::make_mut(&mut self.known()).get_or_insert(path, loaded)
        })
    }

    /// Returns the files at some paths, read in parallel. Their ids follow the order of the paths.
    ///
    /// # Errors
    /// Each result says why that file cannot be read.
    pub fn load_all(&self, paths: &[PathBuf]) -> Vec<Result<FileId, Unreadable>> {
        let read = parallel::map(paths, |path| {
            let path = self.absolute(path);
            let known = self.known().get(&path);
            let text = known.is_none().then(|| self.read(&path));
            (path, text)
        });
        let mut known = self.known();
        let known = Arc::make_mut(&mut known);
        let loaded = |(path, text): (PathBuf, Option<Result<String, Unreadable>>)| match text {
            None => known.get(&path).unwrap_or(Err(Unreadable::Missing)),
            Some(text) => {
                let file = text.map(|text| self.store(path.clone(), text.into()));
                known.get_or_insert(path, file)
            }
        };
        read.into_iter().map(loaded).collect()
    }

    /// Returns `true` if something exists at a path outside the directories that can be read, provided that any can be
    /// read.
    pub fn is_outside(&self, path: &Path) -> bool {
        let path = self.absolute(path);
        *locked(&self.outside).entry(path).or_insert_with_key(|path| {
            !self.roots.is_empty() && self.real.of(path).is_ok_and(|real| !self.is_inside(&real))
        })
    }

    fn is_inside(&self, real: &Path) -> bool {
        self.roots.iter().any(|root| real.starts_with(root))
    }

    /// The files below a directory at any depth, sorted by path; `None` if there are more than [`MAX_LISTING`], or deeper ones
    /// than [`MAX_LISTING_DEPTH`].
    pub fn files_below(&self, directory: &Path) -> Option<Vec<PathBuf>> {
        let directory = self.absolute(directory);
        let known =
            |(path, known): (&PathBuf, &Result<FileId, Unreadable>)| known.is_ok().then(|| path.clone());
        let mut found: Vec<PathBuf> = self
            .known()
            .paths
            .range(directory.clone()..)
            .take_while(|(path, _)| path.starts_with(&directory))
            .filter_map(known)
            .collect();
        let mut open = vec![(directory, 0)];
        while let Some((path, depth)) = open.pop() {
            for (entry, kind) in self.listing(&path, Names::All).iter() {
                match kind {
                    Some(Type::Directory) if depth < MAX_LISTING_DEPTH => {
                        open.push((entry.clone(), depth + 1));
                    }
                    Some(Type::Directory) => return None,
                    Some(Type::File) => found.push(entry.clone()),
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

    /// The file with an id.
    pub fn get(&self, file: FileId) -> &Source {
        match file.model() {
            Some(index) => &self.models[index],
            None => &self.files[file.0 as usize],
        }
    }

    /// All files loaded so far.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        self.files.iter().map(|(index, _)| id(index))
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// The directory that printed paths are relative to.
    pub fn base(&self) -> &Path {
        &self.base
    }

    /// The same files with printed paths relative to another directory.
    #[must_use]
    pub fn shown_from(self, base: &Path) -> Sources {
        Sources { base: tidy(base), ..self }
    }

    /// The display path of a file: relative to the base directory if the file is below it, with `/` as the separator.
    pub fn name(&self, file: FileId) -> String {
        self.name_of(&self.get(file).path)
    }

    /// The display form of a path.
    pub fn name_of(&self, path: &Path) -> String {
        let shown = path.strip_prefix(&self.base).unwrap_or(path);
        let parts = shown.components().map(|part| part.as_os_str().to_string_lossy());
        parts.collect::<Vec<_>>().join("/").replacen("//", "/", 1)
    }

    /// A path relative to the directory that it can be read from, or else to the base directory.
    pub fn within_root<'p>(&self, path: &'p Path) -> &'p Path {
        let within = self.roots.iter().chain([&self.base]).find_map(|root| path.strip_prefix(root).ok());
        within.unwrap_or(path)
    }

    /// The directory that a path can be read from, which is its repository; `None` for other paths.
    pub fn root_of<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        let within = self.within_root(path);
        (within != path).then(|| path.ancestors().nth(within.components().count()))?
    }

    /// The paths below the checked directories that exist but could not be read.
    pub fn unreadable_paths(&self) -> Vec<(PathBuf, Unreadable)> {
        let known = self.known();
        let unreadable = known.paths.iter().filter_map(|(path, file)| Some((path, (*file).err()?)));
        let below = unreadable.filter(|(path, _)| self.is_inside(path));
        below.map(|(path, why)| (path.clone(), why)).filter(|(_, why)| *why != Unreadable::Missing).collect()
    }

    /// Whether a file that could not be read as text contains one of some ASCII words.
    pub fn mentions(&self, path: &Path, words: &[&str]) -> bool {
        let real = self.real.of(&self.absolute(path));
        real.is_ok_and(|real| self.is_inside(&real) && read::mentions(&real, words))
    }

    /// The paths that were read, or that were looked up and not found.
    pub fn probed_paths(&self) -> Vec<PathBuf> {
        self.known().paths.keys().cloned().collect()
    }

    /// The absolute form of `path`, without `.` and `..`.
    pub fn absolute(&self, path: &Path) -> PathBuf {
        tidy(&self.base.join(path))
    }

    fn known(&self) -> MutexGuard<'_, Arc<Known>> {
        locked(&self.known)
    }

    fn store(&self, path: PathBuf, text: Arc<str>) -> FileId {
        id(self.files.push(Arc::new(Source::new(path, text))))
    }

    fn read(&self, path: &Path) -> Result<String, Unreadable> {
        let real = self.real.of(path).map_err(unreadable)?;
        if self.is_inside(&real) { read::text(&real) } else { Err(Unreadable::Outside) }
    }
}

pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The id of the file at an index of the list.
fn id(index: usize) -> FileId {
    FileId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// `path` without `.` and `..`, resolved lexically.
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
