//! Reads the files of one unit. Each file is parsed once in a run, and read by a unit at most once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::source::{FileId, Sources, Span};
use crate::syntax::SyntaxError;
use crate::terraform::{Directories, Directory, Provider};
use crate::value::Node;

/// The most files that a unit can read, including those that it reads several times.
const MAX_FILES: usize = 200;

/// The most that the evaluation of these files can cost, as a share of the limit of a root module.
const MAX_COST: f64 = 1.0;

/// The files of a run.
#[derive(Debug)]
pub(super) struct Repository<'r> {
    pub sources: &'r Sources,
    pub directories: &'r Directories<'r>,
    pub provider: &'r dyn Provider,
    parsed: Mutex<BTreeMap<FileId, Arc<Directory>>>,
    /// The limits that units reached, by place.
    limits: Mutex<BTreeMap<Span, SyntaxError>>,
}

impl<'r> Repository<'r> {
    pub(super) fn new(
        sources: &'r Sources,
        directories: &'r Directories<'r>,
        provider: &'r dyn Provider,
    ) -> Repository<'r> {
        Repository { sources, directories, provider, parsed: Mutex::default(), limits: Mutex::default() }
    }

    /// Records what is not read because of a limit.
    pub(super) fn limit(&self, at: Span, message: String) {
        locked(&self.limits).entry(at).or_insert_with(|| SyntaxError::limit(at, message));
    }

    /// The limits that units reached, by place.
    pub(super) fn into_limits(self) -> Vec<SyntaxError> {
        self.limits.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
    }

    fn parsed(&self, file: FileId) -> Arc<Directory> {
        let mut parsed = locked(&self.parsed);
        Arc::clone(parsed.entry(file).or_insert_with(|| Arc::new(Directory::of_file(self.sources, file))))
    }
}

/// The files that a unit reads.
#[derive(Debug)]
pub(super) struct Reader<'r> {
    pub repository: &'r Repository<'r>,
    /// The directory of the unit.
    pub unit: &'r Path,
    spent: Mutex<Spent>,
    /// The values of the files that `read_terragrunt_config` reads; `None` while a file is read.
    known: Mutex<BTreeMap<PathBuf, Option<Node>>>,
}

/// What a unit has read so far.
#[derive(Debug, Default)]
struct Spent {
    many: usize,
    cost: f64,
    files: BTreeSet<FileId>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(repository: &'r Repository<'r>, unit: &'r Path) -> Reader<'r> {
        Reader { repository, unit, spent: Mutex::default(), known: Mutex::default() }
    }

    /// The file at a path; `None` if it cannot be read, or if a limit is reached.
    pub(super) fn file(&self, path: &Path) -> Option<Arc<Directory>> {
        let file = self.repository.sources.load(path).ok()?;
        let mut spent = locked(&self.spent);
        spent.many += 1;
        spent.files.insert(file);
        let is_limit = spent.many > MAX_FILES || spent.cost > MAX_COST;
        drop(spent);
        if is_limit {
            let unit = self.repository.sources.within_root(self.unit);
            let message = format!(
                "the unit `{}` of Terragrunt reads more than {MAX_FILES} files, or more values than are evaluated; this file is \
                 not read",
                unit.display()
            );
            self.repository.limit(Span::new(file, 0, 0), message);
            return None;
        }
        Some(self.repository.parsed(file))
    }

    /// Adds the cost of an evaluation.
    pub(super) fn spend(&self, cost: f64) {
        locked(&self.spent).cost += cost;
    }

    /// The files that were read.
    pub(super) fn files(&self) -> Vec<FileId> {
        locked(&self.spent).files.iter().copied().collect()
    }

    /// The value of a file, evaluated at its first use; `None` if it is not known, or if the file reads itself.
    pub(super) fn once(&self, path: PathBuf, evaluate: impl FnOnce() -> Option<Node>) -> Option<Node> {
        if let Some(known) = locked(&self.known).get(&path) {
            return known.clone();
        }
        locked(&self.known).insert(path.clone(), None);
        let value = evaluate();
        locked(&self.known).insert(path, value.clone());
        value
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
