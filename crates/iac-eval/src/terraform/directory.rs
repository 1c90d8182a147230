//! Directories of `.tf` files, each read at its first use.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use crate::address::UnitId;
use crate::panic_guard::{self, Panic};
use crate::parallel;
use crate::source::{FileId, Sources};
use crate::syntax::SyntaxError;
use crate::syntax::hcl::{self, Attribute, Block, Body, ExprKind, Part};
use crate::terraform::backend::Backend;
use crate::terraform::declarations::Declarations;
use crate::terraform::undeclared::References;
use crate::terraform::{
    Model, file_name, is_terraform, overrides, sets_variables, variables, without_replaced,
};
use crate::value::More;

/// A directory of `.tf` files.
#[derive(Debug, Default)]
pub struct Directory {
    /// The absolute path.
    pub path: PathBuf,
    /// The contents of its `.tf` files, sorted by name.
    pub bodies: Vec<(FileId, Body)>,
    /// The contents of its `.tfvars` files, in the order in which Terraform reads them: the last value wins.
    pub variables: Vec<(FileId, Body)>,
    /// The syntax errors in these files.
    pub errors: Vec<SyntaxError>,
    /// The files that could not be read because the parser panicked.
    pub panics: Vec<(FileId, Panic)>,
    /// All files that were read, with their texts.
    pub texts: Texts,
    /// Whether there may be declarations in files that could not be read, or that a program writes.
    pub more: More,
    /// The declarations in the bodies, by name; collected at the first use.
    pub(super) declarations: OnceLock<Declarations>,
    /// What the expressions refer to; collected at the first use.
    pub(super) references: OnceLock<References>,
}

/// Files, with the texts they had when they were read.
pub type Texts = Vec<(FileId, Arc<str>)>;

/// Variable values that come from outside the directories of root modules, by the paths of the root modules.
type RootVariables = BTreeMap<PathBuf, Vec<Attribute>>;

/// Identifies a directory among those of one run, with or without `.tf` files.
#[derive(Clone, Copy, Debug)]
struct DirectoryId(usize);

/// The directories of an earlier run, including those without `.tf` files.
pub type DirectoryCache = BTreeMap<PathBuf, Arc<Directory>>;

/// Returns `true` if the files still have the same texts. Texts are compared by pointer: they are immutable, and a
/// cache that remembers them keeps them alive.
pub fn are_fresh(texts: &Texts, sources: &Sources) -> bool {
    texts.iter().all(|(file, text)| Arc::ptr_eq(text, &sources.get(*file).text))
}

/// The backend of each directory among the inputs; `None` if the backend is not understood.
pub type Backends = Arc<[Option<Backend>]>;

/// The directories read so far. If several threads request the same directory, all wait for the first one to read it.
#[derive(Debug)]
pub struct Directories<'s> {
    sources: &'s Sources,
    /// Variable values that come from outside the directory of each root module.
    variables: OnceLock<RootVariables>,
    read: boxcar::Vec<OnceLock<Arc<Directory>>>,
    ids: Mutex<FxHashMap<PathBuf, DirectoryId>>,
    cache: &'s DirectoryCache,
    /// The models that were used.
    models: boxcar::Vec<Directory>,
    /// The index of each model, by name.
    model_of: Mutex<BTreeMap<&'static str, usize>>,
    /// The directories of the `.tf` files among the inputs, sorted by path.
    inputs: Vec<DirectoryId>,
    backends: OnceLock<Backends>,
}

impl<'s> Directories<'s> {
    /// Starts without any directory. A directory that is unchanged since an earlier run is taken from `cache`.
    pub fn new(sources: &'s Sources, cache: &'s DirectoryCache, inputs: &[FileId]) -> Directories<'s> {
        let mut directories = Directories {
            sources,
            variables: OnceLock::new(),
            read: boxcar::Vec::new(),
            ids: Mutex::default(),
            cache,
            models: boxcar::Vec::new(),
            model_of: Mutex::default(),
            inputs: Vec::new(),
            backends: OnceLock::new(),
        };
        let files = inputs.iter().map(|file| &sources.get(*file).path);
        let mut paths: Vec<&Path> =
            files.filter(|path| is_terraform(path)).filter_map(|path| path.parent()).collect();
        paths.sort();
        paths.dedup();
        let read = parallel::map(&paths, |path| directories.find(path));
        directories.inputs = read.into_iter().filter(|id| directories.at(*id).is_some()).collect();
        directories
    }

    /// Sets the values of root module variables that come from outside the directories, by the paths of the root
    /// modules. Later calls have no effect.
    pub fn set_variables(&self, variables: BTreeMap<PathBuf, Vec<Attribute>>) {
        let _ = self.variables.set(variables);
    }

    /// The variable values that come from outside the directory of a root module.
    pub(super) fn variables_of(&self, root: &Directory) -> &[Attribute] {
        let variables = self.variables.get().and_then(|all| all.get(&root.path));
        variables.map(Vec::as_slice).unwrap_or_default()
    }

    /// All directories that were read, to be reused by another run.
    pub fn to_cache(&self) -> DirectoryCache {
        let read = self.read.iter().filter_map(|(_, directory)| directory.get());
        read.map(|directory| (directory.path.clone(), Arc::clone(directory))).collect()
    }

    /// The directories of the `.tf` files among the inputs, sorted by path.
    pub fn inputs(&self) -> Vec<&Directory> {
        self.inputs.iter().filter_map(|id| self.at(*id)).collect()
    }

    /// The backends of [`Directories::inputs`], in the same order.
    pub fn backends(&self) -> &Backends {
        self.backends
            .get_or_init(|| self.inputs().iter().map(|root| Backend::of(root, self.sources)).collect())
    }

    /// The one directory among the inputs that has this backend; `None` if there are none or several.
    pub(super) fn root_with_backend(&self, backend: &Backend) -> Option<&Directory> {
        let roots = self.inputs().into_iter().zip(self.backends().iter());
        let mut found = roots.filter(|(_, known)| known.as_ref() == Some(backend));
        let (Some((root, _)), None) = (found.next(), found.next()) else { return None };
        Some(root)
    }

    /// The directory at a path; `None` if it has no `.tf` files that can be read.
    pub fn get(&self, path: &Path) -> Option<&Directory> {
        self.at(self.find(path))
    }

    /// The model of a module, as its source.
    pub(super) fn model(&self, model: &'static Model) -> &Directory {
        let mut index = self.model_of.lock().unwrap_or_else(PoisonError::into_inner);
        let index = *index.entry(model.name).or_insert_with(|| {
            let file = self.sources.keep_model(model.name, model.text);
            let mut parsed = hcl::parse(file, model.text);
            parsed.body.blocks.iter_mut().filter(|block| block.kind == "resource").for_each(open);
            let path = PathBuf::from(model.name);
            self.models.push(Directory { path, bodies: vec![(file, parsed.body)], ..Directory::default() })
        });
        &self.models[index]
    }

    fn at(&self, DirectoryId(index): DirectoryId) -> Option<&Directory> {
        let directory = self.read.get(index)?.get()?;
        Some(&**directory).filter(|directory| !directory.bodies.is_empty())
    }

    /// Finds the directory at a path, and reads it if needed.
    fn find(&self, path: &Path) -> DirectoryId {
        let path = self.sources.absolute(path);
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        let id = ids.get(&path).copied().unwrap_or_else(|| {
            let id = DirectoryId(self.read.push(OnceLock::new()));
            ids.insert(path.clone(), id);
            id
        });
        drop(ids);
        self.read[id.0].get_or_init(|| {
            let cached = self.cache.get(&path).filter(|cached| are_fresh(&cached.texts, self.sources));
            cached.map_or_else(|| Arc::new(self.read(&path)), Arc::clone)
        });
        id
    }

    fn parse(&self, path: &Path, directory: &mut Directory) -> Option<(FileId, Body)> {
        let Ok(file) = self.sources.load(path) else {
            directory.more = More::Maybe;
            return None;
        };
        let parsed = panic_guard::catch(|| parse(self.sources, file)).unwrap_or_else(|panic| {
            directory.panics.push((file, panic));
            unread()
        });
        if parsed.body.more == More::Maybe || !parsed.errors.is_empty() {
            directory.more = More::Maybe;
        }
        directory.errors.extend(parsed.errors);
        directory.texts.push((file, Arc::clone(&self.sources.get(file).text)));
        Some((file, parsed.body))
    }

    fn read(&self, path: &Path) -> Directory {
        let mut directory = Directory { path: path.to_owned(), ..Directory::default() };
        let listed = self.sources.list(path);
        if listed.iter().any(|file| file_name::is_template(file)) {
            directory.more = More::Maybe;
        }
        let files = without_replaced(&listed);
        let (changes, plain): (Vec<&PathBuf>, Vec<&PathBuf>) =
            files.iter().filter(|file| is_terraform(file)).partition(|file| file_name::is_override(file));
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

/// Marks a block of a model, and the blocks in it: there may be arguments that the model does not have.
fn open(block: &mut Block) {
    block.body.more = More::Maybe;
    block.body.blocks.iter_mut().for_each(open);
}

/// Returns `true` if the text is a template that another program turns into Terraform: it has statements of Jinja or a
/// similar language.
fn is_template(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with("{%") && line.contains("%}"))
}

/// The result for a file that was not read, which may contain anything.
fn unread() -> hcl::Parsed {
    hcl::Parsed { body: Body { more: More::Maybe, ..Body::default() }, errors: Vec::new() }
}

/// Parses a Terraform file in the syntax that its name indicates.
pub(super) fn parse(sources: &Sources, file: FileId) -> hcl::Parsed {
    let source = sources.get(file);
    if is_template(&source.text) {
        return unread();
    }
    let is_json = source.path.extension().is_some_and(|extension| extension == "json");
    if source.path.to_string_lossy().ends_with(".hcl.json") {
        return hcl::parse_json_terragrunt(file, &source.text);
    }
    match (is_json, sets_variables(&source.path)) {
        (false, _) => hcl::parse(file, &source.text),
        (true, false) => hcl::parse_json(file, &source.text),
        (true, true) => hcl::parse_json_variables(file, &source.text),
    }
}

impl Directory {
    /// One file of its directory, whatever its name is.
    pub fn of_file(sources: &Sources, file: FileId) -> Directory {
        let source = sources.get(file);
        let parsed = panic_guard::catch(|| parse(sources, file)).unwrap_or_else(|_| unread());
        Directory {
            path: source.path.parent().map(Path::to_owned).unwrap_or_default(),
            bodies: vec![(file, parsed.body)],
            errors: parsed.errors,
            texts: vec![(file, Arc::clone(&source.text))],
            ..Directory::default()
        }
    }

    /// The unit of this directory as a root module, identified by its first file.
    pub fn unit(&self) -> UnitId {
        UnitId::new(self.bodies.first().map_or(FileId(u32::MAX), |(file, _)| *file))
    }

    /// The directories that its module calls reference by a relative path.
    pub fn called(&self) -> Vec<PathBuf> {
        let calls = self.blocks().filter(|block| block.kind == "module");
        calls.filter_map(|call| local_source(call, &self.path)).collect()
    }

    /// The starts of the paths of directories that its module calls reference by a path that is computed.
    pub fn called_by_start(&self) -> Vec<PathBuf> {
        let calls = self.blocks().filter(|block| block.kind == "module");
        let start = |call: &Block| match &call.body.attribute("source")?.value.kind {
            ExprKind::Template(parts) => match parts.first()? {
                Part::Literal(start, _) if is_local(start) => Some(self.path.join(start.as_str())),
                _ => None,
            },
            _ => None,
        };
        calls.filter_map(start).collect()
    }

    /// Returns `true` for the model of a module whose source is not on disk.
    pub fn is_model(&self) -> bool {
        self.bodies.first().is_some_and(|(file, _)| file.is_model())
    }

    /// Its top-level blocks.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.bodies.iter().flat_map(|(_, body)| &body.blocks)
    }
}

/// The directory that a module call references by a relative path; `None` for other sources.
pub(super) fn local_source(call: &Block, from: &Path) -> Option<PathBuf> {
    match &call.body.attribute("source")?.value.kind {
        ExprKind::String(path) if is_local(path) => Some(from.join(path.as_str())),
        _ => None,
    }
}

/// Returns `true` if the source of a module is a path.
pub(super) fn is_local(source: &str) -> bool {
    source.starts_with("./") || source.starts_with("../")
}
