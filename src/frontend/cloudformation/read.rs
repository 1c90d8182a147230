//! Reads the templates of a run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::cloudformation::{Template, is_template};
use crate::frontend::ReadContext;
use crate::frontend::cache::ByText;
use crate::frontend::cloudformation::cdk::Assembly;
use crate::frontend::cloudformation::environment::{Exports, Templates};
use crate::frontend::cloudformation::nesting::Nesting;
use crate::frontend::cloudformation::types::is_ecs;
use crate::frontend::cloudformation::unit::{may_be_template, parts};
use crate::frontend::cloudformation::units::{self, Results, Root};
use crate::frontend::cloudformation::values::{Found, Search, ValueSet, Values};
use crate::panic_guard;
use crate::parallel;
use crate::source::{FileId, Input, Requested, Sources, Span};
use crate::syntax::{SyntaxError, SyntaxErrorKind, json, yaml};
use crate::value::{Entry, Mapped, Node};
use crate::workspace::IndexedUnit;

/// What was read before.
#[derive(Clone, Debug, Default)]
struct Cache {
    files: ByText<Option<Arc<Parsed>>>,
    values: Values,
    assemblies: FxHashMap<PathBuf, Arc<Assembly>>,
    exports: Results<Vec<(Node, Node)>>,
    units: Results<Option<Arc<IndexedUnit>>>,
}

/// A parsed template.
#[derive(Debug)]
pub(super) struct Parsed {
    pub template: Template,
    pub errors: Vec<SyntaxError>,
}

/// How often templates that no evaluation reads are searched for further ones that they nest.
const MAX_ROUNDS: usize = 5;

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
    cache.assemblies = assemblies(&cache.assemblies, sources, &parsed);
    let mut templates =
        Templates { sources, by_path, assemblies: cache.assemblies.clone(), exports: Exports::default() };
    let nesting = Nesting::new(&parsed, &templates);
    let siblings = siblings(sources, &parsed);
    let found = Found::new(cache.values, parsed.keys().copied());
    let mut roots: Vec<Root> = Vec::new();
    let mut units = Vec::new();
    let mut limit = None;
    let mut open: BTreeSet<FileId> = parsed.keys().copied().collect();
    // A template that seems to be nested, but that no evaluation reads, is evaluated on its own.
    for round in 0.. {
        let next = if round < MAX_ROUNDS { nesting.outermost(&open) } else { open.into_iter().collect() };
        if next.is_empty() {
            break;
        }
        for parsed in next.iter().filter_map(|file| parsed.get(file)) {
            roots.push(Root { parsed, sets: sets(context, parsed, &siblings, &found) });
        }
        roots.sort_by_key(|root| root.parsed.template.file);
        limit = units::export(&mut cache.exports, &mut templates, &roots);
        units = units::units(&mut cache.units, &parsed, &roots, &templates);
        open = units::unread(&cache.units, &parsed, &roots);
    }
    cache.values = found.into_values();
    let is_root = |file: &FileId| roots.binary_search_by_key(file, |root| root.parsed.template.file).is_ok();
    cache.exports.retain(|file, _| is_root(file));
    cache.units.retain(|file, _| is_root(file));
    cache.files.retain(|file| parsed.contains_key(&file) || inputs.iter().any(|input| input.file == file));
    context.cache.put(cache);
    context.rest.syntax_errors.extend(limit);
    context.rest.excluded = excluded(&parsed, &units);
    context.units.extend(units);
    report_unread(context, &parsed);
}

/// The templates among the inputs, and those that they nest, by file.
fn parse(cache: &mut Cache, sources: &Sources, inputs: &[Input]) -> BTreeMap<FileId, Arc<Parsed>> {
    let mut found = BTreeMap::new();
    let mut open: Vec<FileId> = inputs.iter().map(|input| input.file).collect();
    while !open.is_empty() {
        let new: Vec<FileId> =
            open.iter().filter(|file| cache.files.get(sources, **file).is_none()).copied().collect();
        let read = parallel::map(&new, |file| parse_file(sources, *file).map(Arc::new));
        new.iter().zip(read).for_each(|(file, parsed)| cache.files.insert(sources, *file, parsed));
        let mut next = BTreeSet::new();
        for file in open {
            let Some(parsed) = cache.files.get(sources, file).and_then(Clone::clone) else { continue };
            next.extend(local_templates(sources, &parsed.template));
            found.insert(file, parsed);
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

/// The template in a file; `None` if there is none. A broken one is read as far as possible.
pub(super) fn template(sources: &Sources, file: FileId) -> Option<Template> {
    parse_file(sources, file).map(|parsed| parsed.template)
}

fn parsed(source: &str, text: &Mapped) -> (Option<Node>, Vec<SyntaxError>) {
    if source.trim_start().starts_with('{') {
        let parsed = json::parse_exact(text);
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

/// The cloud assemblies that have the templates. One whose files have not changed is known.
fn assemblies(
    known: &FxHashMap<PathBuf, Arc<Assembly>>,
    sources: &Sources,
    parsed: &BTreeMap<FileId, Arc<Parsed>>,
) -> FxHashMap<PathBuf, Arc<Assembly>> {
    let of = |file: &FileId| {
        let path = &sources.get(*file).path;
        let is_output = path.to_string_lossy().ends_with(".template.json");
        is_output.then(|| path.parent().map(Path::to_owned)).flatten()
    };
    let directories: BTreeSet<PathBuf> = parsed.keys().filter_map(of).collect();
    let read = |directory: PathBuf| {
        let known = known.get(&directory).filter(|assembly| assembly.is_fresh(sources)).cloned();
        let assembly = known.or_else(|| Assembly::read(sources, &directory).map(Arc::new))?;
        Some((directory, assembly))
    };
    directories.into_iter().filter_map(read).collect()
}

/// The templates with ECS resources that are in no unit, because rules and conditions exclude these resources in every scenario.
fn excluded(parsed: &BTreeMap<FileId, Arc<Parsed>>, units: &[Arc<IndexedUnit>]) -> Vec<FileId> {
    let read: FxHashSet<FileId> =
        units.iter().flat_map(|unit| parts(unit)).flat_map(|unit| unit.files.iter().copied()).collect();
    let is_ecs = |entry: &Entry| entry.value.get("Type").and_then(Node::as_str).is_some_and(is_ecs);
    let has_ecs = |parsed: &Parsed| parsed.template.section("Resources").iter().any(is_ecs);
    let unread = parsed.iter().filter(|(file, parsed)| !read.contains(file) && has_ecs(parsed));
    unread.map(|(file, _)| *file).collect()
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

/// The largest number of sets of values of one template.
const MAX_SETS: usize = 64;

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
    let siblings = siblings.get(here).map_or(&[][..], Vec::as_slice);
    let search = Search { sources, found, template: &root.template, siblings };
    let settings = (context.root_settings)(here);
    let mut sets = search.sets(&settings);
    if sets.len() > MAX_SETS {
        let message = format!(
            "the repository has {} sets of values for this template; only the first {MAX_SETS} are checked",
            sets.len()
        );
        let at = Span::new(root.template.file, 0, 0);
        context.rest.syntax_errors.push(SyntaxError::limit(at, message));
        context.rest.files.push(root.template.file);
        sets.truncate(MAX_SETS);
    }
    sets
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
        let is_long = has_ecs_type(&source.text) && may_be_template(&source.text);
        if parsed.contains_key(&file) || !is_yaml || !(says_ecs || is_long) || is_generated(&source.text) {
            continue;
        }
        let errors = yaml::document(&Mapped::file(file, &source.text)).errors;
        let is_error = |error: &SyntaxError| !matches!(error.kind, SyntaxErrorKind::Ignored);
        let is_cut = errors.iter().any(SyntaxError::is_limit) && has_ecs_type(&source.text);
        if !says_ecs && !is_cut {
            continue;
        }
        if is_cut || errors.iter().any(is_error) || requested == Requested::Explicit {
            context.rest.syntax_errors.extend(errors);
            context.rest.files.push(file);
        }
    }
}
