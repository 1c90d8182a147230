//! The outputs of the units that a unit depends on. Mock outputs are not values.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use smol_str::format_smolstr;

use crate::address::UnitId;
use crate::parallel;
use crate::terraform::{Configuration, Defaults, ModuleId, Scenario};
use crate::terragrunt::file::File;
use crate::terragrunt::reader::Repository;
use crate::terragrunt::unit::{Module, Unit};
use crate::terragrunt::units::Draft;
use crate::value::{Entry, More, Node, NodeKind, Object, Unknown};

/// The name that stands for the dependencies of a unit.
const NAME: &str = "dependency";

/// The outputs of the dependencies of a unit.
#[derive(Clone, Debug, Default)]
pub(super) struct Outputs(Option<Node>);

impl Outputs {
    /// Those of the units that a file depends on, from the outputs of the units of a run by their directories.
    fn of(file: &File, known: &BTreeMap<PathBuf, Node>) -> Outputs {
        let entry = |(label, path): &(smol_str::SmolStr, PathBuf)| {
            let unknown = || Unknown::Reference(format_smolstr!("{NAME}.{label}.outputs"));
            let outputs = known.get(path).cloned().unwrap_or_else(|| Node::unknown(unknown(), file.at));
            Entry::new(label.clone(), file.at, open(vec![Entry::new("outputs", file.at, outputs)], file))
        };
        Outputs(Some(open(file.dependencies.iter().map(entry).collect(), file)))
    }

    pub(super) fn names(&self) -> Vec<(&'static str, Node)> {
        self.0.iter().map(|value| (NAME, value.clone())).collect()
    }
}

fn open(entries: Vec<Entry>, file: &File) -> Node {
    Node::new(NodeKind::Object(Object { entries, more: More::Maybe, ..Object::default() }.into()), file.at)
}

/// Evaluates units with the outputs of those that they depend on, which are evaluated first. The order stays the same. Units that
/// depend on each other keep unknown outputs.
pub(super) fn in_order(repository: &Repository, mut drafts: Vec<Draft>) -> Vec<Draft> {
    let wanted: BTreeSet<PathBuf> = drafts.iter().flat_map(|draft| paths(&draft.file)).collect();
    let mut known: BTreeMap<PathBuf, Node> = BTreeMap::new();
    let (mut ready, mut waiting) = Waiting::new(&drafts);
    while !ready.is_empty() {
        let done = parallel::map(&ready, |index| {
            let draft = &drafts[*index];
            let is_linked = paths(&draft.file).any(|path| known.contains_key(&path));
            let outputs = Outputs::of(&draft.file, &known);
            let again = is_linked.then(|| Draft::read(repository, &draft.place, &outputs)).flatten();
            let draft = again.unwrap_or_else(|| draft.clone());
            let value = wanted
                .contains(&draft.place.directory)
                .then(|| outputs_of(repository, draft.clone()))
                .flatten();
            (draft, value)
        });
        let mut next = Vec::new();
        for (index, (draft, value)) in ready.into_iter().zip(done) {
            next.extend(waiting.after(&draft.place.directory));
            known.extend(value.map(|value| (draft.place.directory.clone(), value)));
            drafts[index] = draft;
        }
        ready = next;
    }
    drafts
}

/// The units that wait for others.
#[derive(Debug, Default)]
struct Waiting {
    /// The units that depend on a directory.
    of: BTreeMap<PathBuf, Vec<usize>>,
    /// For each unit, how many of its dependencies are not evaluated yet.
    many: Vec<usize>,
}

impl Waiting {
    /// The units that do not depend on others, and the others.
    fn new(drafts: &[Draft]) -> (Vec<usize>, Waiting) {
        let all: BTreeSet<&Path> = drafts.iter().map(|draft| draft.place.directory.as_path()).collect();
        let mut waiting = Waiting { many: vec![0; drafts.len()], ..Waiting::default() };
        for (index, draft) in drafts.iter().enumerate() {
            let needed: BTreeSet<PathBuf> =
                paths(&draft.file).filter(|path| all.contains(path.as_path())).collect();
            waiting.many[index] = needed.len();
            needed.into_iter().for_each(|path| waiting.of.entry(path).or_default().push(index));
        }
        let ready = (0..drafts.len()).filter(|index| waiting.many[*index] == 0).collect();
        (ready, waiting)
    }

    /// The units for which the one in a directory was the last one that they waited for.
    fn after(&mut self, directory: &Path) -> Vec<usize> {
        let mut ready = self.of.remove(directory).unwrap_or_default();
        ready.retain(|index| {
            self.many[*index] -= 1;
            self.many[*index] == 0
        });
        ready
    }
}

fn paths(file: &File) -> impl Iterator<Item = PathBuf> {
    file.dependencies.iter().map(|(_, path)| path.clone())
}

/// The outputs of the module that a unit applies.
fn outputs_of(repository: &Repository, draft: Draft) -> Option<Node> {
    let at = draft.file.at;
    let unit: Unit = draft.into_unit();
    let Module::Local(path) = &unit.module else { return None };
    let module = repository.directories.get(path)?;
    let name = name(&unit.path);
    let scenario = Scenario {
        variables: unit.variables(module),
        unit: Some(unit.id),
        copied: Some(unit.copied),
        ..Scenario::default()
    };
    let configuration = Configuration::new(
        repository.sources,
        repository.directories,
        repository.provider,
        module,
        &scenario,
        Defaults::Count,
    );
    let outputs = configuration.outputs(ModuleId::ROOT, at);
    let outside = |why: &Unknown| match why {
        Unknown::Reference(_) | Unknown::Output { .. } => {
            Unknown::Expression(format_smolstr!("{} in {name}", why.name()))
        }
        why => why.clone(),
    };
    let outputs = outputs.with_unknowns(&outside);
    let object = outputs.as_object()?;
    let object = Object { more: More::Maybe, ..object.clone() };
    Some(Node { kind: NodeKind::Object(object.into()), ..outputs })
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Values of a unit as its module sees them, and the units whose resources they refer to. The names in a file of Terragrunt have
/// no meaning in a module, except those of the outputs of dependencies.
pub(super) fn known_outside(values: &Node, own: UnitId) -> (Node, Vec<UnitId>) {
    let external: RefCell<BTreeSet<UnitId>> = RefCell::default();
    let outside = |why: &Unknown| match why {
        Unknown::Attribute { of, .. } if of.root != own => {
            external.borrow_mut().insert(of.root);
            why.clone()
        }
        Unknown::Reference(name) if name.starts_with("dependency.") => why.clone(),
        Unknown::Placeholder(_) | Unknown::Expression(_) => why.clone(),
        _ => Unknown::Expression(why.name()),
    };
    let values = values.with_unknowns(&outside);
    (values, external.into_inner().into_iter().collect())
}
