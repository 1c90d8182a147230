//! Reads the templates of a run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::address::UnitId;
use crate::cloudformation::{Template, is_template};
use crate::frontend::ReadContext;
use crate::frontend::cloudformation::TRAITS;
use crate::frontend::cloudformation::cdk::Assembly;
use crate::frontend::cloudformation::environment::Templates;
use crate::frontend::cloudformation::unit::{Evaluation, has_ecs, may_be_template};
use crate::frontend::cloudformation::values::{Found, Search, ValueSet};
use crate::panic_guard;
use crate::parallel;
use crate::resource::{Failure, Unit};
use crate::source::{FileId, Input, Requested, Sources, Span};
use crate::syntax::{SyntaxError, SyntaxErrorKind, json, yaml};
use crate::value::{Entry, Mapped, Node, NodeKind};
use crate::workspace::IndexedUnit;

/// What was read before.
#[derive(Clone, Debug, Default)]
struct Cache {
    files: FxHashMap<FileId, (Arc<str>, Option<Arc<Parsed>>)>,
    units: FxHashMap<FileId, (Arc<Inputs>, Option<Arc<IndexedUnit>>)>,
}

/// What a unit was evaluated from: the texts of the templates, and the exports of all.
#[derive(Debug)]
struct Inputs {
    texts: Vec<(FileId, Arc<str>)>,
    exports: Arc<Vec<(Node, Node)>>,
    sets: Vec<ValueSet>,
}

/// A parsed template.
#[derive(Debug)]
struct Parsed {
    template: Template,
    errors: Vec<SyntaxError>,
}

/// Reads all templates of the inputs, and those that they nest.
pub(super) fn read(context: &mut ReadContext) {
    let mut cache: Cache = context.cache.take();
    let sources = context.sources;
    let inputs: Vec<Input> = context.inputs.clone();
    let parsed = parse(&mut cache, sources, &inputs);
    let by_path: FxHashMap<PathBuf, &Template> = parsed
        .values()
        .map(|parsed| (sources.get(parsed.template.file).path.clone(), &parsed.template))
        .collect();
    let mut templates =
        Templates { sources, by_path, assemblies: assemblies(sources, &parsed), exports: Vec::new() };
    let nested = nested(&parsed, &templates);
    let roots: Vec<&Arc<Parsed>> =
        parsed.values().filter(|parsed| !nested.contains(&parsed.template.file)).collect();
    let siblings = siblings(sources, &parsed);
    let found = Found::without(parsed.keys().copied());
    let sets: Vec<Vec<ValueSet>> = roots.iter().map(|root| sets(context, root, &siblings, &found)).collect();
    export(&mut templates, &roots, &sets);
    let units = units(&mut cache, &parsed, &roots, &templates, &sets);
    cache.files.retain(|file, _| parsed.contains_key(file) || inputs.iter().any(|input| input.file == *file));
    context.cache.put(cache);
    context.units.extend(units);
    report_unread(context, &parsed);
}

/// The templates among the inputs, and those that they nest, by file.
fn parse(cache: &mut Cache, sources: &Sources, inputs: &[Input]) -> BTreeMap<FileId, Arc<Parsed>> {
    let mut found = BTreeMap::new();
    let mut open: Vec<FileId> = inputs.iter().map(|input| input.file).collect();
    while !open.is_empty() {
        let known = &cache.files;
        let read = parallel::map(&open, |file| {
            let text = &sources.get(*file).text;
            match known.get(file).filter(|(known, _)| Arc::ptr_eq(known, text)) {
                Some((_, parsed)) => parsed.clone(),
                None => parse_file(sources, *file).map(Arc::new),
            }
        });
        let mut next = BTreeSet::new();
        for (file, parsed) in open.iter().zip(read) {
            cache.files.insert(*file, (Arc::clone(&sources.get(*file).text), parsed.clone()));
            let Some(parsed) = parsed else { continue };
            next.extend(local_templates(sources, &parsed.template));
            found.insert(*file, parsed);
        }
        open = next.into_iter().filter(|file| !found.contains_key(file)).collect();
    }
    found
}

/// The largest template that CloudFormation accepts.
const MAX_BYTES: usize = 1 << 20;

fn parse_file(sources: &Sources, file: FileId) -> Option<Parsed> {
    let source = sources.get(file);
    if source.text.len() > MAX_BYTES || !may_be_template(&source.text) {
        return None;
    }
    let text = Mapped::file(file, &source.text);
    let (root, mut errors) = panic_guard::catch(|| parsed(&source.text, &text)).unwrap_or_default();
    errors.retain(|error| !is_trailing_comma(error, &source.text));
    let root = root.filter(is_template).filter(|_| errors.is_empty() || !is_generated(&source.text))?;
    Some(Parsed { template: Template::new(file, root), errors })
}

fn parsed(source: &str, text: &Mapped) -> (Option<Node>, Vec<SyntaxError>) {
    if source.trim_start().starts_with('{') {
        let parsed = json::parse(text);
        return (parsed.root, parsed.errors);
    }
    let parsed = yaml::document(text);
    (parsed.root, parsed.errors)
}

/// Whether an error is only a comma before a closing bracket, which CloudFormation accepts.
fn is_trailing_comma(error: &SyntaxError, text: &str) -> bool {
    let range = error.span.range();
    let behind = text.get(range.end..).unwrap_or_default().trim_start();
    text.get(range) == Some(",") && behind.starts_with([']', '}'])
}

/// Whether another program, such as Jinja or Mustache, makes a template of a text.
fn is_generated(text: &str) -> bool {
    let begins = |value: &str| {
        let value = value.trim_start();
        value.starts_with("{%") || value.starts_with("{{") && !value.starts_with("{{resolve:")
    };
    text.lines().any(|line| begins(line) || line.split([':', '-']).skip(1).any(begins))
}

/// The templates next to a template that it nests by a local path.
fn local_templates(sources: &Sources, template: &Template) -> Vec<FileId> {
    let url = |entry: &Entry| {
        let url = entry.value.get("Properties")?.get("TemplateURL")?.as_str()?;
        let is_local = !url.contains("://") && !url.is_empty();
        let directory = sources.get(template.file).path.parent()?;
        is_local.then(|| sources.load(&directory.join(url)).ok()).flatten()
    };
    template.section("Resources").iter().filter_map(url).collect()
}

/// The templates that another one nests.
fn nested(parsed: &BTreeMap<FileId, Arc<Parsed>>, templates: &Templates) -> FxHashSet<FileId> {
    let mut found = FxHashSet::default();
    for parsed in parsed.values() {
        for entry in parsed.template.section("Resources") {
            let url = entry.value.get("Properties").and_then(|properties| properties.get("TemplateURL"));
            let Some(url) = url.and_then(last_text) else { continue };
            let path = templates.path_of(parsed.template.file, &url);
            found.extend(path.and_then(|path| templates.by_path.get(&path)).map(|template| template.file));
        }
    }
    found
}

/// The last text in a value: the end of an address, also if the value is a function.
fn last_text(node: &Node) -> Option<String> {
    match &node.kind {
        NodeKind::Array(array) => array.items.iter().rev().find_map(last_text),
        NodeKind::Object(object) => object.entries.iter().rev().find_map(|entry| last_text(&entry.value)),
        NodeKind::Text(_) => Some(node.known_end()),
        _ => node.as_str().map(str::to_owned),
    }
}

/// The cloud assemblies that have the templates.
fn assemblies(sources: &Sources, parsed: &BTreeMap<FileId, Arc<Parsed>>) -> FxHashMap<PathBuf, Assembly> {
    let of = |file: &FileId| {
        let path = &sources.get(*file).path;
        let is_output = path.to_string_lossy().ends_with(".template.json");
        is_output.then(|| path.parent().map(Path::to_owned)).flatten()
    };
    let directories: BTreeSet<PathBuf> = parsed.keys().filter_map(of).collect();
    let read = |directory: PathBuf| Some((directory.clone(), Assembly::read(sources, &directory)?));
    directories.into_iter().filter_map(read).collect()
}

/// The templates in each directory.
fn siblings<'p>(
    sources: &'p Sources,
    parsed: &'p BTreeMap<FileId, Arc<Parsed>>,
) -> FxHashMap<&'p Path, Vec<&'p Template>> {
    let mut found: FxHashMap<&Path, Vec<&Template>> = FxHashMap::default();
    for parsed in parsed.values() {
        let directory = sources.get(parsed.template.file).path.parent();
        found.entry(directory.unwrap_or(Path::new(""))).or_default().push(&parsed.template);
    }
    found
}

/// The sets of values of a template.
fn sets(
    context: &mut ReadContext,
    root: &Parsed,
    siblings: &FxHashMap<&Path, Vec<&Template>>,
    found: &Found,
) -> Vec<ValueSet> {
    let sources = context.sources;
    if root.template.section("Parameters").is_empty() {
        return Vec::new();
    }
    let here = sources.get(root.template.file).path.parent().unwrap_or(Path::new(""));
    let others = siblings.get(here).into_iter().flatten().copied();
    let others = others.filter(|other| other.file != root.template.file).collect();
    let search = Search { sources, found, template: &root.template, others };
    let settings = (context.root_settings)(here);
    search.sets(&settings)
}

/// How many templates deep exports can depend on each other.
const MAX_IMPORTS: usize = 4;

/// Evaluates the exports, until those that depend on others are known.
fn export(templates: &mut Templates, roots: &[&Arc<Parsed>], sets: &[Vec<ValueSet>]) {
    let text =
        |word: &str| roots.iter().any(|root| templates.sources.get(root.template.file).text.contains(word));
    if !text("ImportValue") {
        return;
    }
    for _ in 0..MAX_IMPORTS {
        let pairs: Vec<(&Arc<Parsed>, &Vec<ValueSet>)> = roots.iter().copied().zip(sets).collect();
        let found = parallel::map(&pairs, |(root, sets)| {
            let evaluation =
                Evaluation { template: &root.template, sources: templates.sources, templates, sets };
            panic_guard::catch(|| evaluation.exports()).unwrap_or_default()
        });
        let found: Vec<(Node, Node)> = found.into_iter().flatten().collect();
        if found == templates.exports {
            return;
        }
        templates.exports = found;
    }
}

/// The units of the templates with ECS resources, and of those that provide values to them.
fn units(
    cache: &mut Cache,
    parsed: &BTreeMap<FileId, Arc<Parsed>>,
    roots: &[&Arc<Parsed>],
    templates: &Templates,
    sets: &[Vec<ValueSet>],
) -> Vec<Arc<IndexedUnit>> {
    let exports = Arc::new(templates.exports.clone());
    let known = &cache.units;
    let pairs: Vec<(&Arc<Parsed>, &Vec<ValueSet>)> = roots.iter().copied().zip(sets).collect();
    let read = parallel::map(&pairs, |(root, sets)| {
        let file = root.template.file;
        let is_fresh = |inputs: &Inputs| {
            let is_same =
                |(file, text): &(FileId, Arc<str>)| Arc::ptr_eq(&templates.sources.get(*file).text, text);
            inputs.texts.iter().all(is_same) && inputs.exports == exports && inputs.sets == **sets
        };
        if let Some((inputs, unit)) = known.get(&file).filter(|(inputs, _)| is_fresh(inputs)) {
            return (Arc::clone(inputs), unit.clone());
        }
        let unit = unit(root, parsed, templates, sets).map(Arc::new);
        let files = unit.as_ref().map_or_else(|| vec![file], |unit| unit.files.clone());
        let texts = files.into_iter().map(|file| (file, Arc::clone(&templates.sources.get(file).text)));
        (
            Arc::new(Inputs { texts: texts.collect(), exports: Arc::clone(&exports), sets: sets.to_vec() }),
            unit,
        )
    });
    cache.units = roots.iter().zip(&read).map(|(root, read)| (root.template.file, read.clone())).collect();
    let all: Vec<Arc<IndexedUnit>> = read.into_iter().filter_map(|(_, unit)| unit).collect();
    wanted(all)
}

fn unit(
    root: &Parsed,
    parsed: &BTreeMap<FileId, Arc<Parsed>>,
    templates: &Templates,
    sets: &[ValueSet],
) -> Option<IndexedUnit> {
    let evaluation = Evaluation { template: &root.template, sources: templates.sources, templates, sets };
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
    let is_own = |unit: &IndexedUnit| has_ecs(unit) || !unit.failures.is_empty();
    let mut kept: Vec<bool> = all.iter().map(|unit| is_own(unit)).collect();
    loop {
        let named: FxHashSet<UnitId> = all
            .iter()
            .zip(&kept)
            .filter(|(_, kept)| **kept)
            .flat_map(|(unit, _)| unit.names.external.iter().copied())
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

/// Returns `true` if a text contains a type of ECS as the value of `Type`. The documentation of types has them as keys.
fn has_ecs_type(text: &str) -> bool {
    text.match_indices("AWS::ECS::").any(|(at, _)| {
        let before = text[..at].trim_end_matches(['"', '\'', ' ']);
        before
            .strip_suffix(':')
            .is_some_and(|before| before.trim_end_matches(['"', '\'', ' ']).ends_with("Type"))
    })
}

/// Records the errors in files that look like templates of ECS, but cannot be read as one.
fn report_unread(context: &mut ReadContext, parsed: &BTreeMap<FileId, Arc<Parsed>>) {
    let sources = context.sources;
    for Input { file, requested } in context.inputs.clone() {
        let source = sources.get(file);
        if source.text.len() > MAX_BYTES {
            if has_ecs_type(&source.text) && may_be_template(&source.text) {
                let message = "this template is larger than 1 MiB, which is the limit of CloudFormation; it is not read";
                context.rest.syntax_errors.push(SyntaxError::limit(Span::new(file, 0, 0), message));
                context.rest.files.push(file);
            }
            continue;
        }
        let is_yaml = source.path.extension().is_none_or(|extension| extension != "json");
        let says_ecs = source.text.contains("AWSTemplateFormatVersion") && source.text.contains("AWS::ECS::");
        if parsed.contains_key(&file) || !is_yaml || !says_ecs || is_generated(&source.text) {
            continue;
        }
        let errors = yaml::document(&Mapped::file(file, &source.text)).errors;
        let is_error = |error: &SyntaxError| !matches!(error.kind, SyntaxErrorKind::Ignored);
        if errors.iter().any(is_error) || requested == Requested::Explicit {
            context.rest.syntax_errors.extend(errors);
            context.rest.files.push(file);
        }
    }
}
