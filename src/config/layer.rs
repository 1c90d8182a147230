//! Settings files, and the files that they extend. Each file is read once, however many others extend it.

use std::collections::BTreeMap;
use std::iter;
use std::path::Path;

use smol_str::SmolStr;

use crate::config::file::{self, File, Named};
use crate::config::paths::PathIndex;
use crate::source::{FileId, Sources, Span};
use crate::syntax::SyntaxError;

/// Maximum number of files in a chain of `extends`.
const MAX_CHAIN: usize = 16;

/// The settings files of a run.
#[derive(Debug, Default)]
pub(super) struct Layers {
    all: Vec<Layer>,
    known: BTreeMap<FileId, usize>,
}

/// What one file sets.
#[derive(Debug)]
pub(super) struct Layer {
    pub file: FileId,
    pub own: File,
    /// The file that it extends, as an index.
    base: Option<usize>,
    /// The number of files that it extends.
    depth: usize,
    /// The overrides, by the files that they apply to.
    pub overridden: PathIndex,
    /// The scenarios that apply to some paths.
    of_paths: PathIndex,
}

impl Layers {
    /// The index of a file, which is read with those that it extends.
    pub(super) fn read(&mut self, sources: &Sources, file: FileId) -> usize {
        let mut chain = Chain::default();
        let mut next = Some(file);
        while let Some(file) = next.filter(|file| !self.known.contains_key(file)) {
            next = chain.push(sources, file);
        }
        // The file at the end of the chain does not depend on any other.
        let mut base = next.and_then(|file| self.known.get(&file).copied());
        for (file, mut own, extends) in chain.0.into_iter().rev() {
            let depth = base.map_or(0, |base| self.all[base].depth + 1);
            if let Some(at) = extends.filter(|_| depth >= MAX_CHAIN) {
                let message = "this chain of `extends` is longer than 16 files".to_owned();
                own.errors.push(SyntaxError::rejected(at, message));
                base = None;
            }
            self.all.push(Layer::new(file, own, base, base.map_or(0, |_| depth)));
            base = Some(self.all.len() - 1);
            self.known.insert(file, self.all.len() - 1);
        }
        self.known[&file]
    }

    /// A file and those that it extends, from the one that takes precedence.
    pub(super) fn chain(&self, index: usize) -> impl Iterator<Item = &Layer> {
        iter::successors(self.all.get(index), |layer| self.all.get(layer.base?))
    }

    /// All files, in the order in which they were read.
    pub(super) fn all(&self) -> impl Iterator<Item = &Layer> {
        self.all.iter()
    }

    /// The settings of a file, with those that it extends.
    pub(super) fn merged(&self, index: usize) -> File {
        let layers: Vec<&Layer> = self.chain(index).collect();
        let base_first = || layers.iter().rev().map(|layer| &layer.own);
        File {
            select: layers.iter().find_map(|layer| layer.own.select.clone()),
            levels: base_first().flat_map(|own| own.levels.clone()).collect(),
            overrides: base_first().flat_map(|own| own.overrides.clone()).collect(),
            exclude: base_first().flat_map(|own| own.exclude.clone()).collect(),
            ignores: base_first().flat_map(|own| own.ignores.clone()).collect(),
            var_files: base_first().flat_map(|own| own.var_files.clone()).collect(),
            var_files_of: base_first().flat_map(|own| own.var_files_of.clone()).collect(),
            scenarios: base_first().flat_map(|own| own.scenarios.clone()).collect(),
            facts: base_first().flat_map(|own| own.facts.clone()).collect(),
            errors: base_first().flat_map(|own| own.errors.clone()).collect(),
        }
    }
}

impl Layer {
    fn new(file: FileId, own: File, base: Option<usize>, depth: usize) -> Layer {
        let overridden = PathIndex::new(own.overrides.iter().map(|(paths, _)| paths).enumerate());
        let scenarios = own.scenarios.iter().enumerate();
        let of_paths = PathIndex::new(scenarios.filter_map(|(at, one)| Some((at, one.paths.as_ref()?))));
        Layer { file, own, base, depth, overridden, of_paths }
    }

    /// The scenarios of a root module with this file.
    pub(super) fn scenarios(&self, inside: &Path) -> impl Iterator<Item = &file::Scenario> {
        let fitting = self.of_paths.positions(inside);
        let scenarios = self.own.scenarios.iter().enumerate();
        scenarios
            .filter(move |(at, one)| one.paths.is_none() || fitting.contains(at))
            .map(|(_, scenario)| scenario)
    }
}

/// Files that extend each other: the next extends none, or is not in the chain.
#[derive(Default)]
struct Chain(Vec<(FileId, File, Option<Span>)>);

impl Chain {
    /// Reads a file. Returns the one that it extends.
    fn push(&mut self, sources: &Sources, file: FileId) -> Option<FileId> {
        let source = sources.get(file);
        let directory = source.path.parent().unwrap_or(Path::new("/"));
        let (mut own, extends) = file::read(file, &source.text, directory);
        load(&mut own, sources, directory);
        let base = extends.as_ref().and_then(|(path, at)| match self.base(sources, directory, file, path) {
            Ok(base) => Some(base),
            Err(message) => {
                own.errors.push(SyntaxError::rejected(*at, message));
                None
            }
        });
        self.0.push((file, own, extends.map(|(_, at)| at).filter(|_| base.is_some())));
        base
    }

    fn base(
        &self,
        sources: &Sources,
        directory: &Path,
        file: FileId,
        path: &SmolStr,
    ) -> Result<FileId, String> {
        let base = sources
            .load(&directory.join(path.as_str()))
            .map_err(|why| format!("cannot extend `{path}`: {why}"))?;
        let is_circular = base == file || self.0.iter().any(|(own, ..)| *own == base);
        if is_circular { Err("this chain of `extends` is circular".to_owned()) } else { Ok(base) }
    }
}

/// Reads the files that the settings name, relative to the directory of the settings file.
fn load(own: &mut File, sources: &Sources, directory: &Path) {
    let of_roots = own.var_files_of.iter_mut().flat_map(|(_, named)| named);
    let of_scenarios = own.scenarios.iter_mut().flat_map(|scenario| &mut scenario.var_files);
    for named in own.var_files.iter_mut().chain(of_roots).chain(of_scenarios).chain(&mut own.facts) {
        load_one(named, &mut own.errors, sources, directory);
    }
}

fn load_one(named: &mut Named, errors: &mut Vec<SyntaxError>, sources: &Sources, directory: &Path) {
    match sources.load(&directory.join(named.path.as_str())) {
        Ok(file) => named.file = Some(file),
        Err(why) => {
            let message = format!("cannot read `{}`: {why}", named.path);
            errors.push(SyntaxError::rejected(named.at, message));
        }
    }
}
