//! The `ecslint.toml` files of a run: each file uses the nearest one above it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::config::file::{File, Ignore, Levels, Scenario};
use crate::config::layer::{Layer, Layers};
use crate::config::{FILE_NAME, Level};
use crate::frontend::{RootSettings, ScenarioSettings};
use crate::rules::Rule;
use crate::source::{FileId, Requested, Sources};
use crate::syntax::SyntaxError;
use smol_str::SmolStr;

/// Names of directories with data for tests, which are never deployed as they are.
const TEST_DIRECTORIES: &[&str] = &[
    "__fixtures__",
    "__mocks__",
    "__tests__",
    "fixture",
    "fixtures",
    "smoke-tests",
    "smoke_tests",
    "test-data",
    "test_data",
    "testdata",
    "tests",
];

/// The settings of a run.
#[derive(Debug, Default)]
pub struct Config {
    layers: Layers,
    /// The settings of each directory, as an index of a layer.
    of: BTreeMap<PathBuf, Option<usize>>,
    /// The settings of `--config`, which apply to all files.
    given: Option<usize>,
    /// The files below one of [`TEST_DIRECTORIES`], apart from those that were named explicitly.
    of_tests: BTreeSet<PathBuf>,
}

impl Config {
    /// Finds the settings of some files.
    pub(crate) fn find(&mut self, sources: &Sources, files: &[FileId]) {
        if sources.config_file().is_some() {
            self.find_for(sources, Path::new("/"));
        }
        for file in files {
            if let Some(directory) = sources.get(*file).path.parent() {
                self.find_for(sources, directory);
                let is_named = sources.requested(*file) == Some(Requested::Explicit);
                if !is_named && is_of_tests(sources.within_root(directory)) {
                    self.of_tests.insert(sources.get(*file).path.clone());
                }
            }
        }
    }

    /// Returns what the settings say about a Terraform root module.
    pub(crate) fn of_root(&mut self, sources: &Sources, root: &Path) -> RootSettings {
        let Some(index) = self.find_for(sources, root) else { return RootSettings::default() };
        // Patterns match files, so use any file in the root.
        let inside = root.join("main.tf");
        let mut layers: Vec<&Layer> = self.layers.chain(index).collect();
        // What a file sets replaces what it extends.
        layers.reverse();
        let everywhere = layers.iter().flat_map(|layer| &layer.own.var_files);
        let of_paths = layers.iter().flat_map(|layer| {
            let fitting = layer.overridden.positions(&inside).into_iter();
            fitting.flat_map(|at| &layer.own.var_files_of[at].1)
        });
        let var_files = everywhere.chain(of_paths).filter_map(|named| named.file).collect();
        let scenario = |scenario: &Scenario| ScenarioSettings {
            name: scenario.name.clone(),
            var_files: scenario.var_files.iter().filter_map(|named| named.file).collect(),
            variables: scenario.variables.clone(),
        };
        let scenarios = layers.iter().flat_map(|layer| layer.scenarios(&inside)).map(scenario).collect();
        RootSettings { var_files, scenarios }
    }

    /// The files with facts from AWS.
    pub(crate) fn facts(&self) -> impl Iterator<Item = FileId> {
        self.layers.all().flat_map(|layer| &layer.own.facts).filter_map(|named| named.file)
    }

    fn find_for(&mut self, sources: &Sources, directory: &Path) -> Option<usize> {
        if let Some(file) = sources.config_file() {
            self.given = Some(self.layers.read(sources, file));
            return self.given;
        }
        if let Some(found) = self.of.get(directory) {
            return *found;
        }
        let found = match sources.load(&directory.join(FILE_NAME)) {
            Ok(file) => Some(self.layers.read(sources, file)),
            Err(_) => directory.parent().and_then(|parent| self.find_for(sources, parent)),
        };
        self.of.insert(directory.to_owned(), found);
        found
    }

    /// The errors in the settings.
    pub(crate) fn errors(&self) -> impl Iterator<Item = &SyntaxError> {
        self.layers.all().flat_map(|layer| &layer.own.errors)
    }

    /// Every `[[ignore]]`.
    pub(crate) fn ignores(&self) -> impl Iterator<Item = &Ignore> {
        self.layers.all().flat_map(|layer| &layer.own.ignores)
    }

    /// The settings of a file, and those that they extend.
    fn of(&self, path: &Path) -> impl Iterator<Item = &Layer> {
        self.index(path).into_iter().flat_map(|index| self.layers.chain(index))
    }

    fn index(&self, path: &Path) -> Option<usize> {
        self.given.or_else(|| self.of.get(path.parent()?).copied().flatten())
    }

    /// The settings that apply to some of the files: the file that has them, and the number of files that they apply to.
    pub(super) fn applied(
        &self,
        files: &[FileId],
        sources: &Sources,
    ) -> impl Iterator<Item = (Option<(FileId, File)>, usize)> {
        let mut counts: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        for file in files {
            *counts.entry(self.index(&sources.get(*file).path)).or_default() += 1;
        }
        let settings =
            |index: usize| Some((self.layers.chain(index).next()?.file, self.layers.merged(index)));
        counts.into_iter().map(move |(index, count)| (index.and_then(settings), count))
    }

    /// Whether findings in a file are not reported.
    pub(crate) fn exclude(&self, path: &Path) -> bool {
        self.of(path).any(|layer| layer.own.exclude.iter().any(|paths| paths.contain(path)))
    }

    /// The level of a rule's findings in a file; `None` if neither settings nor the file's directory determine it.
    pub(super) fn level(&self, rule: &Rule, path: &Path) -> Option<Level> {
        let is_unsuitable = || self.of_tests.contains(path) && rule.category.is_about_running_tasks();
        self.set_level(rule, path).or_else(|| is_unsuitable().then_some(Level::Off))
    }

    /// The level that the settings of a file set for a rule's findings.
    fn set_level(&self, rule: &Rule, path: &Path) -> Option<Level> {
        let select = self.of(path).find_map(|layer| layer.own.select.as_ref());
        let names =
            |names: &Vec<SmolStr>| names.iter().any(|name| name == rule.name || name == rule.category.name());
        let usual = || {
            let named = |name: &str| self.of(path).find_map(|layer| last(&layer.own.levels, name));
            named(rule.name).or_else(|| named(rule.category.name()))
        };
        match (self.of(path).find_map(|layer| overriding(layer, rule, path)), select.is_none_or(names)) {
            (Some(level), _) => Some(level),
            (None, false) => Some(Level::Off),
            // Selecting a rule enables it, even if its category is off.
            (None, true) => usual().or(select.is_some().then_some(Level::Usual)),
        }
    }

    /// Whether some settings file may enable a rule.
    pub(super) fn mention(&self, rule: &Rule) -> bool {
        let names = |levels: &Levels| named(levels, rule).is_some_and(|level| level != Level::Off);
        self.layers.all().any(|layer| {
            let file = &layer.own;
            let selected = file.select.iter().flatten();
            selected.clone().any(|name| name == rule.name || name == rule.category.name())
                || names(&file.levels)
                || file.overrides.iter().any(|(_, levels)| names(levels))
        })
    }
}

fn is_of_tests(directory: &Path) -> bool {
    let mut parts = directory.components();
    parts.any(|part| TEST_DIRECTORIES.iter().any(|name| part.as_os_str() == *name))
}

/// The level that the last override of a file with a rule sets for a path.
fn overriding(layer: &Layer, rule: &Rule, path: &Path) -> Option<Level> {
    let overrides = &layer.own.overrides;
    layer.overridden.positions(path).into_iter().rev().find_map(|at| named(&overrides.get(at)?.1, rule))
}

/// The level that a list sets for a rule, or for its category; the last entry of either applies.
fn named(levels: &Levels, rule: &Rule) -> Option<Level> {
    last(levels, rule.name).or_else(|| last(levels, rule.category.name()))
}

fn last(levels: &Levels, name: &str) -> Option<Level> {
    levels.iter().rev().find(|(known, _)| known == name).map(|(_, level)| *level)
}
