//! Evaluates the templates of a run. A template is evaluated again only if what its result depends on has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::address::UnitId;
use crate::frontend::cloudformation::TRAITS;
use crate::frontend::cloudformation::asked::{Asked, Asking};
use crate::frontend::cloudformation::environment::{Exports, Templates};
use crate::frontend::cloudformation::read::Parsed;
use crate::frontend::cloudformation::unit::{Evaluation, has_ecs};
use crate::frontend::cloudformation::values::ValueSet;
use crate::panic_guard;
use crate::parallel;
use crate::resource::{Failure, Unit};
use crate::source::{FileId, Sources, Span};
use crate::syntax::SyntaxError;
use crate::value::Node;
use crate::workspace::IndexedUnit;

/// A template that is evaluated on its own, with the sets of values that the repository holds for it.
pub(super) struct Root<'r> {
    pub parsed: &'r Parsed,
    pub sets: Vec<ValueSet>,
}

/// The results of evaluations by template.
pub(super) type Results<T> = FxHashMap<FileId, Arc<Evaluated<T>>>;

/// The result of an evaluation, and all that it depends on.
#[derive(Debug)]
pub(super) struct Evaluated<T> {
    texts: Vec<(FileId, Arc<str>)>,
    sets: Vec<ValueSet>,
    asked: Asked,
    result: T,
}

impl<T> Evaluated<T> {
    fn is_fresh(&self, root: &Root, templates: &Templates) -> bool {
        let is_same =
            |(file, text): &(FileId, Arc<str>)| Arc::ptr_eq(&templates.sources.get(*file).text, text);
        self.texts.iter().all(is_same) && self.sets == root.sets && self.asked.has_same_answers(templates)
    }
}

/// Evaluates the templates that have changed. Returns the results of all, in the order of `roots`.
fn evaluated<T: Send + Sync>(
    known: &mut Results<T>,
    roots: &[Root],
    templates: &Templates,
    evaluate: impl Fn(&Root, Evaluation) -> T + Sync,
) -> Vec<Arc<Evaluated<T>>> {
    let before = &*known;
    let all = parallel::map(roots, |root| {
        let file = root.parsed.template.file;
        match before.get(&file).filter(|result| result.is_fresh(root, templates)) {
            Some(result) => Arc::clone(result),
            None => Arc::new(fresh(root, templates, &evaluate)),
        }
    });
    let results =
        roots.iter().zip(&all).map(|(root, result)| (root.parsed.template.file, Arc::clone(result)));
    known.extend(results);
    all
}

fn fresh<T>(root: &Root, templates: &Templates, evaluate: &impl Fn(&Root, Evaluation) -> T) -> Evaluated<T> {
    let sources = templates.sources;
    let asking = Asking::new(templates);
    let template = &root.parsed.template;
    let result = evaluate(root, Evaluation { template, sources, templates: &asking, sets: &root.sets });
    let asked = asking.into_asked();
    let of_sets = root.sets.iter().flat_map(|set| set.files.iter().copied());
    let files = [template.file].into_iter().chain(asked.nested_files()).chain(of_sets);
    let texts = files.map(|file| (file, Arc::clone(&sources.get(file).text))).collect();
    Evaluated { texts, sets: root.sets.clone(), asked, result }
}

/// How many templates deep exports can depend on each other.
const MAX_IMPORTS: usize = 16;

/// Evaluates the exports, until those that depend on others are known. Returns the limit if that does not end.
pub(super) fn export(
    known: &mut Results<Vec<(Node, Node)>>,
    templates: &mut Templates,
    roots: &[Root],
) -> Option<SyntaxError> {
    let imports = |root: &Root| text(templates.sources, root).contains("ImportValue");
    let first = roots.iter().find(|root| imports(root))?;
    for _ in 0..MAX_IMPORTS {
        let found = evaluated(known, roots, templates, |_, evaluation| {
            panic_guard::catch(|| evaluation.exports()).unwrap_or_default()
        });
        let found = Exports::new(found.iter().flat_map(|found| found.result.iter().cloned()));
        if found == templates.exports {
            return None;
        }
        templates.exports = found;
    }
    let message = format!(
        "exports of templates depend on each other more than {MAX_IMPORTS} levels deep; the values of the others are unknown"
    );
    Some(SyntaxError::limit(Span::new(first.parsed.template.file, 0, 0), message))
}

fn text<'s>(sources: &'s Sources, root: &Root) -> &'s str {
    &sources.get(root.parsed.template.file).text
}

/// The units of the templates with ECS resources, and of those that provide values to them.
pub(super) fn units(
    known: &mut Results<Option<Arc<IndexedUnit>>>,
    parsed: &BTreeMap<FileId, Arc<Parsed>>,
    roots: &[Root],
    templates: &Templates,
) -> Vec<Arc<IndexedUnit>> {
    let read = evaluated(known, roots, templates, |root, evaluation| {
        unit(root.parsed, parsed, evaluation).map(Arc::new)
    });
    wanted(read.iter().filter_map(|read| read.result.clone()).collect())
}

/// The templates that no evaluation of the roots reads.
pub(super) fn unread(
    known: &Results<Option<Arc<IndexedUnit>>>,
    parsed: &BTreeMap<FileId, Arc<Parsed>>,
    roots: &[Root],
) -> BTreeSet<FileId> {
    let mut unread: BTreeSet<FileId> = parsed.keys().copied().collect();
    for root in roots {
        let file = root.parsed.template.file;
        unread.remove(&file);
        let nested = known.get(&file).into_iter().flat_map(|evaluated| evaluated.asked.nested_files());
        nested.for_each(|file| {
            unread.remove(&file);
        });
    }
    unread
}

fn unit(
    root: &Parsed,
    parsed: &BTreeMap<FileId, Arc<Parsed>>,
    evaluation: Evaluation,
) -> Option<IndexedUnit> {
    let file = root.template.file;
    panic_guard::catch(|| {
        let mut unit = evaluation.unit(&root.errors)?;
        let nested = unit.unit.files.iter().filter(|other| **other != file);
        let errors: Vec<SyntaxError> =
            nested.filter_map(|file| parsed.get(file)).flat_map(|parsed| parsed.errors.clone()).collect();
        unit.unit.syntax_errors.extend(errors);
        Some(unit)
    })
    .unwrap_or_else(|panic| {
        let mut unit = Unit::new(UnitId::new(file), &TRAITS);
        unit.files = vec![file];
        unit.failures.push(Failure::of_file(file, panic));
        Some(unit.into())
    })
}

/// The units with ECS resources or errors, and those whose resources they refer to.
fn wanted(all: Vec<Arc<IndexedUnit>>) -> Vec<Arc<IndexedUnit>> {
    let reached_limit = |unit: &IndexedUnit| unit.rejections.iter().any(SyntaxError::is_limit);
    let is_own = |unit: &IndexedUnit| has_ecs(unit) || !unit.failures.is_empty() || reached_limit(unit);
    let mut kept: Vec<bool> = all.iter().map(|unit| is_own(unit)).collect();
    loop {
        let named: FxHashSet<UnitId> = all
            .iter()
            .zip(&kept)
            .filter(|(_, kept)| **kept)
            .flat_map(|(unit, _)| unit.names.referred.iter().copied())
            .collect();
        let mut is_new = false;
        for (unit, kept) in all.iter().zip(&mut kept) {
            let needed = !*kept && named.contains(&unit.id);
            is_new |= needed;
            *kept |= needed;
        }
        if !is_new {
            break;
        }
    }
    all.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(unit, _)| unit).collect()
}
