//! Directories of `.tf` files, read when they are asked for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use crate::address::UnitId;
use crate::panic_guard::{self, Panic};
use crate::parallel;
use crate::source::{FileId, Sources};
use crate::syntax::SyntaxError;
use crate::syntax::hcl::{self, Attribute, Block, Body, ExprKind};
use crate::terraform::declarations::Declarations;
use crate::terraform::remote::Backend;
use crate::terraform::{is_terraform, overrides, sets_variables, variables};
use crate::value::More;

/// A directory of `.tf` files.
#[derive(Debug, Default)]
pub struct Directory {
    /// Where it is; absolute.
    pub path: PathBuf,
    /// What its `.tf` files hold, in the order of their names.
    pub bodies: Vec<(FileId, Body)>,
    /// What its `.tfvars` files set, in the order in which Terraform reads them: the last one counts.
    pub variables: Vec<(FileId, Body)>,
    /// What could not be read of them.
    pub problems: Vec<SyntaxError>,
    /// The files that could not be read, because the parser panicked.
    pub panics: Vec<(FileId, Panic)>,
    /// All files that were read, with their texts.
    pub texts: Texts,
    /// What the bodies declare, by name; found when it is first asked for.
    pub(super) declarations: OnceLock<Declarations>,
}

/// Files, with the texts they had when something was read from them.
pub type Texts = Vec<(FileId, Arc<str>)>;

/// What sets the variables of roots beside their own files.
type Given = BTreeMap<PathBuf, Vec<Attribute>>;

/// The directories of an earlier run, those without `.tf` files among them.
pub type Remembered = BTreeMap<PathBuf, Arc<Directory>>;

/// Whether files still have the texts they had. Texts are compared by where they lie: they are never changed, and
/// whoever remembers them keeps them where they are.
pub fn are_same(texts: &Texts, sources: &Sources) -> bool {
    texts.iter().all(|(file, text)| Arc::ptr_eq(text, &sources.get(*file).text))
}

/// Where each directory that was asked for keeps its state.
pub type States = Arc<[Option<Backend>]>;

/// The directories read so far. Threads that ask for one at the same time wait for the first of them to read it.
#[derive(Debug)]
pub struct Directories<'s> {
    sources: &'s Sources,
    /// What sets the variables of each root beside its own files.
    given: OnceLock<Given>,
    read: boxcar::Vec<OnceLock<Arc<Directory>>>,
    known: Mutex<FxHashMap<PathBuf, usize>>,
    before: &'s Remembered,
    /// Those that `.tf` files among the inputs lie in, in the order of their paths.
    asked: Vec<usize>,
    states: OnceLock<States>,
}

impl<'s> Directories<'s> {
    /// None read yet. What has not changed since an earlier run is not read again.
    pub fn new(sources: &'s Sources, before: &'s Remembered, inputs: &[FileId]) -> Directories<'s> {
        let mut directories = Directories {
            sources,
            given: OnceLock::new(),
            read: boxcar::Vec::new(),
            known: Mutex::default(),
            before,
            asked: Vec::new(),
            states: OnceLock::new(),
        };
        let inputs = inputs.iter().map(|file| &sources.get(*file).path);
        let mut paths: Vec<&Path> =
            inputs.filter(|path| is_terraform(path)).filter_map(|path| path.parent()).collect();
        paths.sort();
        paths.dedup();
        let read = parallel::map(&paths, |path| directories.find(path));
        directories.asked = read.into_iter().filter(|index| directories.at(*index).is_some()).collect();
        directories
    }

    /// Says what sets the variables of each root beside its own files; it can be said once.
    pub fn give(&self, given: BTreeMap<PathBuf, Vec<Attribute>>) {
        let _ = self.given.set(given);
    }

    /// What sets the variables of a root beside its own files.
    pub(super) fn given(&self, root: &Directory) -> &[Attribute] {
        let given = self.given.get().and_then(|given| given.get(&root.path));
        given.map(Vec::as_slice).unwrap_or_default()
    }

    /// All that were asked for, for another run.
    pub fn remembered(&self) -> Remembered {
        let read = self.read.iter().filter_map(|(_, directory)| directory.get());
        read.map(|directory| (directory.path.clone(), Arc::clone(directory))).collect()
    }

    /// The directories that `.tf` files among the inputs lie in, in the order of their paths.
    pub fn asked_for(&self) -> Vec<&Directory> {
        self.asked.iter().filter_map(|index| self.at(*index)).collect()
    }

    /// Where each directory that was asked for keeps its state.
    pub fn states(&self) -> &States {
        self.states
            .get_or_init(|| self.asked_for().iter().map(|root| Backend::of(root, self.sources)).collect())
    }

    /// The one directory asked for that keeps its state there.
    pub(super) fn root_of(&self, backend: &Backend) -> Option<&Directory> {
        let asked = self.asked_for().into_iter();
        let mut found = asked.zip(self.states().iter()).filter(|(_, state)| state.as_ref() == Some(backend));
        let (Some((root, _)), None) = (found.next(), found.next()) else { return None };
        Some(root)
    }

    /// The directory at a path, if there are `.tf` files in it that may be read.
    pub fn get(&self, path: &Path) -> Option<&Directory> {
        self.at(self.find(path))
    }

    fn at(&self, index: usize) -> Option<&Directory> {
        self.read
            .get(index)?
            .get()
            .map(|directory| &**directory)
            .filter(|directory| !directory.bodies.is_empty())
    }

    /// The number of the directory at a path, which is read now if it was not before.
    fn find(&self, path: &Path) -> usize {
        let path = self.sources.absolute(path);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let index = known.get(&path).copied().unwrap_or_else(|| {
            let index = self.read.push(OnceLock::new());
            known.insert(path.clone(), index);
            index
        });
        drop(known);
        self.read[index].get_or_init(|| {
            let before = self.before.get(&path).filter(|before| are_same(&before.texts, self.sources));
            before.map_or_else(|| Arc::new(self.read(&path)), Arc::clone)
        });
        index
    }

    fn parse(&self, path: &Path, directory: &mut Directory) -> Option<(FileId, Body)> {
        let file = self.sources.load(path).ok()?;
        let parsed = panic_guard::catch(|| parse(self.sources, file)).unwrap_or_else(|panic| {
            directory.panics.push((file, panic));
            unread()
        });
        directory.problems.extend(parsed.problems);
        directory.texts.push((file, Arc::clone(&self.sources.get(file).text)));
        Some((file, parsed.body))
    }

    fn read(&self, path: &Path) -> Directory {
        let mut directory = Directory { path: path.to_owned(), ..Directory::default() };
        let files = self.sources.list(path);
        let (changes, plain): (Vec<&PathBuf>, Vec<&PathBuf>) =
            files.iter().filter(|file| is_terraform(file)).partition(|file| overrides::is_override(file));
        for file in plain {
            if let Some((file, body)) = self.parse(file, &mut directory) {
                directory.bodies.push((file, body));
            }
        }
        for file in changes {
            if let Some((file, body)) = self.parse(file, &mut directory) {
                overrides::apply(&mut directory.bodies, file, body);
            }
        }
        for file in variables::automatic(&files) {
            let read = self.parse(file, &mut directory);
            directory.variables.extend(read);
        }
        directory
    }
}

/// Whether another program makes Terraform of the text first: it has statements of Jinja and its like.
fn is_template(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with("{%") && line.contains("%}"))
}

/// A file in which there may be anything.
fn unread() -> hcl::Parsed {
    hcl::Parsed { body: Body { more: More::Maybe, ..Body::default() }, problems: Vec::new() }
}

/// Parses a file of Terraform's, by what its name says it is.
pub(super) fn parse(sources: &Sources, file: FileId) -> hcl::Parsed {
    let source = sources.get(file);
    if is_template(&source.text) {
        return unread();
    }
    let is_json = source.path.extension().is_some_and(|extension| extension == "json");
    match (is_json, sets_variables(&source.path)) {
        (false, _) => hcl::parse(file, &source.text),
        (true, false) => hcl::parse_json(file, &source.text),
        (true, true) => hcl::parse_json_variables(file, &source.text),
    }
}

impl Directory {
    /// The unit that it is as a root module: its first file.
    pub fn unit(&self) -> UnitId {
        UnitId::new(self.bodies.first().map_or(FileId(u32::MAX), |(file, _)| *file))
    }

    /// The directories that its module calls name by a relative path.
    pub fn called(&self) -> Vec<PathBuf> {
        let calls = self.blocks().filter(|block| block.kind == "module");
        calls.filter_map(|call| local_source(call, &self.path)).collect()
    }

    /// Its top-level blocks.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.bodies.iter().flat_map(|(_, body)| &body.blocks)
    }
}

/// The directory that a module call names by a relative path.
pub(super) fn local_source(call: &Block, from: &Path) -> Option<PathBuf> {
    match &call.body.attribute("source")?.value.kind {
        ExprKind::String(path) if path.starts_with("./") || path.starts_with("../") => {
            Some(from.join(path.as_str()))
        }
        _ => None,
    }
}
