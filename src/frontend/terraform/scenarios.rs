//! The sets of values that a repository holds for a root module: the `.tfvars` files that Terraform does not load by itself.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use smol_str::{SmolStr, format_smolstr};

use crate::address::UnitId;
use crate::frontend::terraform::commands::{Call, Script};
use crate::source::{FileId, Sources, Span};
use crate::syntax::hcl::{Attribute, Block, Expr, ExprKind};
use crate::terraform::Directory;
use crate::value::{Entry, More};

mod folders;
mod passed;
mod settings;
mod units;
mod var_file;

use folders::{folders, scenarios};
pub(super) use var_file::is_example;
use var_file::{Reader, VarFile};

pub(super) use settings::of_settings;
pub(super) use units::Units;

/// The largest number of scenarios of a root module.
pub(super) const MAX_SCENARIOS: usize = 64;

/// The largest number of scenarios of all root modules together, as far as each has more than one.
const MAX_SCENARIOS_OF_ALL: usize = 1_500;

/// A set of values for a root module.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct VarFiles {
    /// The name of the scenario: `prod`.
    pub name: SmolStr,
    /// The files, in the order in which Terraform would read them.
    pub files: Vec<FileId>,
    /// Their values.
    pub values: Vec<Attribute>,
    /// The identity of the resources; `None` for that of the root module.
    pub unit: Option<UnitId>,
    /// The directory whose files are copied over those of the root module.
    pub copied: Option<PathBuf>,
    /// Whether no other files are added to the root module.
    pub is_complete: bool,
    /// The units whose resources the values refer to.
    pub external: Vec<UnitId>,
    /// The job, the target, or the branch of a script that passes the values.
    pub call: Option<SmolStr>,
}

impl VarFiles {
    fn new(name: SmolStr, files: Vec<FileId>, values: Vec<Attribute>) -> VarFiles {
        VarFiles {
            name,
            files,
            values,
            unit: None,
            copied: None,
            is_complete: true,
            external: Vec::new(),
            call: None,
        }
    }
}

/// The scenarios of a root module.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scenarios {
    /// The sets of values, sorted by name.
    pub sets: Vec<VarFiles>,
    /// The number of sets beyond the limits, which are not checked.
    pub left_out: usize,
    /// The first variable of each var file that the root module does not declare.
    pub foreign: Vec<Span>,
    /// Whether a unit of Terragrunt that is not known may apply the root module, and add files to it.
    pub more_files: More,
    /// Whether a script passes a var file that is not in the repository, which may replace any default, or is too long to be read.
    pub has_missing_file: bool,
    /// The scripts that have more commands than are read.
    pub cut_scripts: Vec<FileId>,
    /// Whether the values that Terraform reads by itself are a scenario, too: they are complete, no second var file suggests
    /// that each environment has its own, and no script passes one.
    pub has_own_values: bool,
}

/// The scenarios of a root module, from the var files that belong to it and from the scripts that call Terraform in it.
pub(super) fn of_root(sources: &Sources, root: &Directory, scripts: &[Script]) -> Scenarios {
    let declared: FxHashSet<&str> =
        variables(root).filter_map(|block| Some(block.labels.first()?.as_str())).collect();
    if declared.is_empty() {
        return Scenarios { has_own_values: true, ..Scenarios::default() };
    }
    let reader = Reader { sources, declared, root: &root.path, foreign: RefCell::default() };
    let mut sets = reader.passed_by(scripts);
    let passes_files = scripts.iter().flat_map(|script| &script.calls).any(Call::passes_file);
    for folder in folders(sources, &root.path) {
        let files: Vec<VarFile> = folder.files.iter().filter_map(|path| reader.read(path)).collect();
        // A script shows how a file is used.
        let is_used = |file: &FileId| sets.iter().any(|known: &VarFiles| known.files.contains(file));
        let is_new = |set: &VarFiles| !set.files.last().is_some_and(is_used);
        let new: Vec<VarFiles> = scenarios(&folder, &files).into_iter().filter(is_new).collect();
        sets.extend(new);
    }
    let cut_scripts: Vec<FileId> =
        scripts.iter().filter(|script| script.is_cut).map(|script| script.file).collect();
    let has_missing_file = !cut_scripts.is_empty() || reader.passes_missing_file(scripts);
    let has_own_values = sets.is_empty() || (!passes_files && sets.len() < 2 && is_complete(root));
    if sets.is_empty() {
        sets = reader.of_environment(scripts);
    }
    sets.sort_by(|one, other| one.name.cmp(&other.name));
    name_apart(&mut sets, sources, &root.path);
    let left_out = sets.len().saturating_sub(MAX_SCENARIOS);
    sets.truncate(MAX_SCENARIOS);
    let has_own_values = has_own_values && sets.iter().all(|set| !set.files.is_empty());
    let foreign = reader.foreign.into_inner().into_iter().collect();
    Scenarios {
        sets,
        left_out,
        foreign,
        has_missing_file,
        cut_scripts,
        has_own_values,
        ..Scenarios::default()
    }
}

/// Leaves out scenarios of the root modules that have most, until all together have few enough. Each keeps one.
pub(super) fn share(scenarios: &mut BTreeMap<PathBuf, Scenarios>) {
    let total = |most: usize| scenarios.values().map(|of_root| of_root.sets.len().min(most)).sum::<usize>();
    let most = (1..=MAX_SCENARIOS).rev().find(|most| total(*most) <= MAX_SCENARIOS_OF_ALL).unwrap_or(1);
    for of_root in scenarios.values_mut() {
        of_root.left_out += of_root.sets.len().saturating_sub(most);
        of_root.sets.truncate(most);
    }
}

/// Whether every variable has a value that Terraform reads by itself.
fn is_complete(root: &Directory) -> bool {
    let set: FxHashSet<&str> = root
        .variables
        .iter()
        .flat_map(|(_, body)| &body.attributes)
        .map(|value| value.name.as_str())
        .collect();
    let is_set = |block: &Block| {
        block.body.attribute("default").is_some()
            || block.labels.iter().any(|name| set.contains(name.as_str()))
    };
    variables(root).all(is_set)
}

fn variables(root: &Directory) -> impl Iterator<Item = &Block> {
    root.blocks().filter(|block| block.kind == "variable")
}

/// A value of a variable that was evaluated elsewhere.
fn attribute(entry: &Entry) -> Attribute {
    let kind = ExprKind::Value(Box::new(entry.value.clone()));
    let value = Expr { kind, at: entry.value.at };
    Attribute { name: entry.key.clone(), name_at: entry.key_at, value }
}

/// Gives scenarios with the same name the path of their last file or of their script, then the job, and then the line.
fn name_apart(found: &mut [VarFiles], sources: &Sources, root: &Path) {
    let base = sources.within_root(root).parent().unwrap_or(Path::new(""));
    rename_repeated(found, |set| {
        let script = set.values.first().map(|value| value.value.at.file);
        let file = set.files.last().copied().or(script);
        let path = file.map(|file| sources.get(file).path.clone()).unwrap_or_default();
        let inside = sources.within_root(&path);
        let inside = inside.strip_prefix(base).unwrap_or(inside).with_extension("");
        inside.to_string_lossy().into()
    });
    rename_repeated(found, |set| match &set.call {
        Some(call) => format_smolstr!("{}:{call}", set.name),
        None => set.name.clone(),
    });
    rename_repeated(found, |set| {
        let Some(at) = set.values.last().map(|value| value.value.at) else { return set.name.clone() };
        let before = &sources.get(at.file).text[..at.start as usize];
        format_smolstr!("{}:{}", set.name, before.matches('\n').count() + 1)
    });
}

/// Renames the scenarios whose names others have, too, unless that would not tell any of them apart.
fn rename_repeated(found: &mut [VarFiles], mut name: impl FnMut(&VarFiles) -> SmolStr) {
    let mut seen = BTreeSet::new();
    let repeated: BTreeSet<SmolStr> =
        found.iter().filter(|one| !seen.insert(one.name.clone())).map(|one| one.name.clone()).collect();
    for old in repeated {
        let names: Vec<SmolStr> = found.iter().filter(|one| one.name == old).map(&mut name).collect();
        if names.iter().any(|name| *name != names[0]) {
            let mut names = names.into_iter();
            for one in found.iter_mut().filter(|one| one.name == old) {
                one.name = names.next().unwrap_or_default();
            }
        }
    }
}
