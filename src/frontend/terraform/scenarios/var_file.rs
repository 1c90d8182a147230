//! Var files, and the names of the scenarios that they describe.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::frontend::terraform::scenarios::VarFiles;
use crate::source::{FileId, Sources, Span, VariableInput};
use crate::syntax::hcl::Attribute;
use crate::terraform::{sets_variables, variable_attributes, variables_stem};

/// Names that say nothing about the environment, unlike the directory of the file.
const NAMELESS: &[&str] = &["inputs", "main", "terraform", "values", "variables", "vars"];

/// Words in the names of files that nobody applies.
const EXAMPLES: &[&str] = &["example", "sample", "template"];

/// One var file.
pub(super) struct VarFile {
    pub path: PathBuf,
    pub file: FileId,
    pub values: Vec<Attribute>,
}

/// Reads the var files of a root module.
pub(super) struct Reader<'r> {
    pub sources: &'r Sources,
    pub declared: FxHashSet<&'r str>,
    pub root: &'r Path,
    /// The first variable of each file that is not declared, so that the file belongs to another root module.
    pub foreign: RefCell<BTreeSet<Span>>,
}

impl Reader<'_> {
    /// A var file; `None` if it sets a variable that the root module does not declare, because then it belongs to another one.
    pub(super) fn read(&self, path: &Path) -> Option<VarFile> {
        if is_example(path) || !sets_variables(path) {
            return None;
        }
        let file = self.sources.load(path).ok()?;
        let values = variable_attributes(&VariableInput::File(file), self.sources);
        if let Some(foreign) = values.iter().find(|value| !self.declares(value)) {
            self.foreign.borrow_mut().insert(foreign.name_at);
            return None;
        }
        (!values.is_empty()).then(|| VarFile { path: path.to_owned(), file, values })
    }

    /// A var file that a script passes by its name. Terraform only warns about a variable that is not declared.
    pub(super) fn named(&self, path: &Path) -> Option<VarFile> {
        if is_example(path) || !sets_variables(path) {
            return None;
        }
        let file = self.sources.load(path).ok()?;
        let mut values = variable_attributes(&VariableInput::File(file), self.sources);
        values.retain(|value| self.declares(value));
        Some(VarFile { path: path.to_owned(), file, values })
    }

    pub(super) fn declares(&self, value: &Attribute) -> bool {
        self.declared.contains(value.name.as_str())
    }
}

/// Whether nobody applies a file with this name.
pub(in crate::frontend::terraform) fn is_example(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    EXAMPLES.iter().any(|word| name.contains(word))
}

/// A scenario of some files.
pub(super) fn joined(name: SmolStr, files: &[&VarFile]) -> VarFiles {
    let values = files.iter().flat_map(|file| file.values.iter().cloned()).collect();
    VarFiles::new(name, files.iter().map(|file| file.file).collect(), values)
}

/// The file name without `.tfvars` or `.tfvars.json`, as a path.
pub(super) fn stem(path: &Path) -> PathBuf {
    let name = || path.file_name().and_then(|name| name.to_str());
    variables_stem(path).or_else(name).unwrap_or_default().into()
}

/// The name of a scenario: that of its file, or of its directory if the file's name says nothing.
pub(super) fn name_of(path: &Path) -> SmolStr {
    let stem = stem(path);
    let meant = if is_named(&stem, NAMELESS) { path.parent().map(file_name).unwrap_or(stem) } else { stem };
    meant.to_string_lossy().into()
}

fn file_name(path: &Path) -> PathBuf {
    path.file_name().map(PathBuf::from).unwrap_or_default()
}

/// Whether the name of a file or a directory, without its extension, is one of some names.
pub(super) fn is_named(path: &Path, names: &[&str]) -> bool {
    path.file_stem().and_then(|name| name.to_str()).is_some_and(|name| names.contains(&name))
}
